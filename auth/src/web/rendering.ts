/** A document that is being written, or has been: compressed, and the same bytes for whoever reads it, however slowly. */
export class Rendering {
  readonly #chunks: Buffer[] = [];
  #state: 'growing' | 'whole' | 'failed' = 'growing';
  #change = Promise.withResolvers<undefined>();
  #length = 0;
  #readers = 0;

  /** Bytes, of what there is so far. */
  get length(): number {
    return this.#length;
  }

  get whole(): boolean {
    return this.#state === 'whole';
  }

  get failed(): boolean {
    return this.#state === 'failed';
  }

  get wanted(): boolean {
    return this.#readers > 0;
  }

  /** A reader wants it. @returns what tells that this reader does not any more */
  join(): () => void {
    let joined = true;
    this.#readers += 1;
    return () => {
      if (joined) this.#readers -= 1;
      joined = false;
    };
  }

  /** Takes all that comes; throws if what comes fails, and then it has failed for its readers too. */
  async fill(source: AsyncIterable<Buffer>): Promise<void> {
    try {
      for await (const chunk of source) {
        this.#chunks.push(Buffer.from(chunk)); // a copy: what comes is the beginning of a larger one
        this.#length += chunk.length;
        this.#tell();
      }
      this.#state = 'whole';
    } catch (error) {
      this.fail();
      throw error;
    } finally {
      this.#tell();
    }
  }

  fail(): void {
    this.#state = 'failed';
    this.#tell();
  }

  /** From its beginning on, as it grows. Throws where it can never be whole. */
  async *read(): AsyncGenerator<Buffer, void> {
    for (let at = 0; ; at += 1) {
      let chunk: Buffer | undefined;
      while ((chunk = this.#chunks[at]) === undefined && this.#state === 'growing') await this.#change.promise;
      if (chunk === undefined) {
        if (this.#state === 'failed') throw new Error('the document could not be written');
        return;
      }
      yield chunk;
    }
  }

  #tell(): void {
    this.#change.resolve(undefined);
    this.#change = Promise.withResolvers<undefined>();
  }
}
