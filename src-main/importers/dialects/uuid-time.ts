/** UTC ms inside a version 7 UUID (RFC 9562), or null for any other id. */
export function uuidTime(id: string): number | null {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(id);
  return digits === null ? null : Number.parseInt(`${digits[1]}${digits[2]}`, 16);
}
