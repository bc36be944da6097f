/**
 * A request target in which bytes that should have been percent-encoded are. Node hands them on as Latin-1 characters,
 * one each; whether they are UTF-8 is found out where they are decoded.
 */
export function normaliseTarget(target: string): string {
  return target.replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
