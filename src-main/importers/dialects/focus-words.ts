/** Clouds whose bills hold far more than models. */
const clouds = new Set([
  'aws',
  'azure',
  'google',
  'oracle',
  'oracle-cloud',
  'alibaba-cloud',
  'ibm',
  'ibm-cloud',
]);

/** Whether a charge is for something else than models: another service on the bill of a whole cloud. */
export function isOtherService(provider: string, category: string, service: string): boolean {
  if (!clouds.has(provider) || category === '' || category === 'AI and Machine Learning') return false;
  return !/bedrock|openai|foundry|cognitive|vertex|gemini|sagemaker/i.test(service);
}
