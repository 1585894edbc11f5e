// Made by `npm run generate` from openapi/flinks.yaml. Do not edit.

/** Where an instance answers. */
export const serverUrl = "https://{instance}-api.private.fin.ag";
