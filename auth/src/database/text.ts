/** PostgreSQL keeps every character but NUL, and would refuse the whole statement for it. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
