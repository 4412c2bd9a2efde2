import type { NetworkName, TrainRecord } from '../../../src/engine/protocol/protocol.ts';

/** The newest record of each network, of some kind. */
export type Newest = Readonly<Partial<Record<NetworkName, TrainRecord>>>;

/** The records of a run. Not React state: it grows thirty times a second. */
export class TrainSeries {
  readonly #records: Record<NetworkName, TrainRecord[]> = { deq: [], twin: [] };

  /** Records of one network, oldest first. Read only. */
  of(network: NetworkName): readonly TrainRecord[] {
    return this.#records[network];
  }

  /** Append; a record of a step that is there already (after a resume) replaces it and what follows. */
  push(records: readonly TrainRecord[]): void {
    for (const record of records) {
      const list = this.#records[record.network];
      while ((list.at(-1)?.step ?? 0) >= record.step) list.pop();
      list.push(record);
    }
  }

  /** Drops what was learnt after `step`: the run goes on from there. */
  keepUntil(step: number): void {
    for (const list of Object.values(this.#records)) {
      while ((list.at(-1)?.step ?? 0) > step) list.pop();
    }
  }

  /** The newest record of each network, and the newest that has a validation loss. */
  newest(): { readonly newest: Newest; readonly validated: Newest } {
    return {
      newest: this.#newest(() => true),
      validated: this.#newest(({ validation }) => validation !== undefined),
    };
  }

  #newest(fits: (record: TrainRecord) => boolean): Newest {
    const deq = this.#records.deq.findLast(fits);
    const twin = this.#records.twin.findLast(fits);
    return { ...(deq ? { deq } : {}), ...(twin ? { twin } : {}) };
  }
}
