/** Ids of vendors whose bills name them otherwise; any other vendor's id is its name in small letters. */
const vendorIds: Readonly<Record<string, string>> = {
  'amazon-web-services': 'aws',
  'amazon-web-services-inc': 'aws',
  'amazon-bedrock': 'aws',
  microsoft: 'azure',
  'microsoft-azure': 'azure',
  'google-cloud': 'google',
  'google-cloud-platform': 'google',
  gcp: 'google',
  mistralai: 'mistral',
  'mistral-ai': 'mistral',
  xai: 'x-ai',
  'together-ai': 'together',
  'fireworks-ai': 'fireworks',
};

/** A provider's id from its name as people and bills write it: lower case, no spaces; '' for no name. */
export function vendorId(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return (Object.hasOwn(vendorIds, slug) ? vendorIds[slug] : undefined) ?? slug;
}
