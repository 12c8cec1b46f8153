import type { ProviderContext, VendorModel } from '../../platform/provider.ts';
import type { Api } from './http.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './json.ts';

/** A model of which the vendor says little: what is not given is unknown, its kind is guessed from its id. */
export function plainModel(known: Partial<VendorModel> & { readonly id: string }): VendorModel {
  return {
    label: null,
    kind: kindOf(known.id),
    contextTokens: null,
    maxOutputTokens: null,
    price: null,
    retiresAt: null,
    ...known,
  };
}

/** What a model is for, by words its maker puts into its id; `chat` where none says otherwise. */
export function kindOf(id: string): VendorModel['kind'] {
  const name = id.toLowerCase();
  if (/embed|\be5-|\bbge-|\bgte-/.test(name)) return /rerank/.test(name) ? 'rerank' : 'embedding';
  if (/rerank/.test(name)) return 'rerank';
  if (/whisper|tts|speech|transcri|voxtral|orpheus|audio|lyria|kokoro/.test(name)) return 'audio';
  if (/imagen|image|dall-e|flux|stable-diffusion|sdxl|imagine/.test(name)) return 'image';
  return /moderation|guard|ocr|veo-|video|\bsora/.test(name) ? 'other' : 'chat';
}

/**
 * The models of a list in OpenAI's shape, `{data: [{id, …}]}`, or a bare one; rows without an id are left out. Throws
 * where there is no list.
 */
export function modelRows(
  api: Pick<Api, 'bad'>,
  json: unknown,
): readonly (Fields & { readonly id: string })[] {
  const list = Array.isArray(json) ? json : fieldsOf(json).data;
  if (!Array.isArray(list)) throw api.bad('the list of models is missing');
  return rowsOf(list).flatMap((row) => {
    const id = textOf(row.id);
    return id === null ? [] : [{ ...row, id }];
  });
}

/** The models a vendor lists under a path, in OpenAI's shape. */
export async function listModels(
  api: Pick<Api, 'get' | 'bad'>,
  context: ProviderContext,
  path = '/models',
): Promise<ReturnType<typeof modelRows>> {
  return modelRows(api, (await api.get(context, path)).json);
}
