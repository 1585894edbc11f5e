const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes in Base64 (RFC 4648, 4). By hand: the sandbox needs no `btoa`, and `btoa` takes no bytes. */
export function toBase64(bytes: ArrayLike<number>): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += digits.charAt(group >> 18) + digits.charAt((group >> 12) & 63);
    text += second === undefined ? "=" : digits.charAt((group >> 6) & 63);
    text += third === undefined ? "=" : digits.charAt(group & 63);
  }
  return text;
}
