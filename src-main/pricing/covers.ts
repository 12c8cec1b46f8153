/** Whether a row of the supplement is about a provider's model. */
export function covers(
  row: { readonly provider: string; readonly models: readonly RegExp[] },
  provider: string,
  model: string,
): boolean {
  return row.provider === provider && row.models.some((pattern) => pattern.test(model));
}
