/** The little of WebAssembly that is used; its types come with those of browsers, which this side has none of. */
interface WebAssemblyHost {
  readonly Memory: new (size: { readonly initial: number }) => ProgramMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly host: { readonly memory: ProgramMemory } },
  ) => { readonly exports: object };
}

export interface ProgramMemory {
  /** Another one after `grow`. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Runs a module on a memory of one page. Throws where this machine or this build cannot. */
export function startProgram(bytes: Uint8Array<ArrayBuffer>): {
  readonly memory: ProgramMemory;
  readonly exports: object;
} {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyHost };
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  return { memory, exports };
}
