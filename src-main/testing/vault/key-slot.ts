import { AppError } from '../../platform/error.ts';
import { decrypt, encrypt, newKey } from '../../platform/vault/cipher.ts';
import type { KeySlot } from '../../platform/vault/vault.ts';

export type StoreState = 'works' | 'absent' | 'locked' | 'unprotected';

/** A system's store that a test switches: it keeps a key of its own and forgets nothing while it is locked or away. */
export interface TestKeySlot extends KeySlot {
  state: StoreState;
  become(state: StoreState): void;
  /** As if another user, machine or reinstalled system were asked, until `remember`. */
  forget(): void;
  remember(): void;
  /** The next unwrapping asks for renewal. */
  isStale: boolean;
}

/** `key`: what it keeps, for stores several processes share. */
export function testKeySlot(kind: KeySlot['kind'] = 'keyring', key: Buffer = newKey()): TestKeySlot {
  let own = key;
  const refusals = {
    absent: 'There is no keyring here.',
    locked: 'The keyring is locked.',
    unprotected: 'The keyring has a fixed key.',
  };
  const ask = (): void => {
    if (slot.state !== 'works') throw new AppError('VAULT_LOCKED', refusals[slot.state]);
  };
  const slot: TestKeySlot = {
    kind,
    state: 'works',
    isStale: false,
    become(state) {
      slot.state = state;
    },
    forget() {
      own = newKey();
    },
    remember() {
      own = key;
    },
    async probe() {
      return slot.state === 'works' ? { ok: true } : { ok: false, why: refusals[slot.state] };
    },
    async wrap(dataKey) {
      ask();
      const { nonce, data } = encrypt(own, dataKey, kind);
      return `${nonce}:${data}`;
    },
    async unwrap(text) {
      ask();
      const [nonce = '', data = ''] = text.split(':');
      const dataKey = decrypt(own, { nonce, data }, kind);
      if (dataKey === null) throw new AppError('VAULT_LOCKED', 'The keyring does not know these keys.');
      return { key: dataKey, isStale: slot.isStale };
    },
  };
  return slot;
}
