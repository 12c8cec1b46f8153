import { missingTail } from './decimals.ts';

/** An amount in a column whose longest has `places` decimals: right-aligned cells then stand on the decimal point. */
export function Aligned({ text, places }: { readonly text: string; readonly places: number }) {
  const tail = missingTail(text, places);
  return (
    <>
      {text}
      {tail !== '' && (
        <span aria-hidden className="invisible">
          {tail}
        </span>
      )}
    </>
  );
}
