import { ConfigurableModuleBuilder, Module } from "@nestjs/common";
import { createFlinksClient, type FlinksClientOptions } from "flinks-client";

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<FlinksClientOptions>()
  .setClassMethodName("forRoot")
  .build();

/** The client is an interface, so it is injected by this token: `@Inject(FLINKS) flinks: FlinksClient`. */
export const FLINKS = Symbol("FLINKS");

@Module({
  providers: [{ provide: FLINKS, inject: [MODULE_OPTIONS_TOKEN], useFactory: createFlinksClient }],
  exports: [FLINKS],
})
export class FlinksModule extends ConfigurableModuleClass {}
