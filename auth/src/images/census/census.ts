/** A file that is not served, and what is to be done about it. */
export type Unserved = {
  /** Below `IMAGE_DIR`, where it really lies, `/` between the parts. */
  readonly file: string;
  readonly reason: string;
  readonly remedy: string;
};

/** What a survey found in one folder. */
export type FolderCensus = {
  /** Below `IMAGE_DIR`, where it really lies, `/` between the parts; empty: `IMAGE_DIR` itself. */
  readonly folder: string;
  /** Pages, of files that have several; those that are still to be made among them. */
  readonly pictures: number;
  /** Of which the header alone says so. */
  readonly unserved: readonly Unserved[];
};

/** What the last survey found, folder by folder; while a new one is under way, the new of what it has seen already. */
export class Census {
  #folders = new Map<string, FolderCensus>();
  #before: ReadonlyMap<string, FolderCensus> = new Map();
  #isComplete = false;
  #version = 0;

  /** Another number as soon as anything here may be different. */
  get version(): number {
    return this.#version;
  }

  /** Whether every folder was looked at once. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get folders(): readonly FolderCensus[] {
    const older = [...this.#before.values()].filter(({ folder }) => !this.#folders.has(folder));
    return [...this.#folders.values(), ...older];
  }

  /** A survey begins. */
  begin(): void {
    this.#version += 1;
    this.#before = new Map(this.folders.map((folder) => [folder.folder, folder]));
    this.#folders = new Map();
  }

  note(folder: FolderCensus): void {
    this.#version += 1;
    this.#folders.set(folder.folder, folder);
  }

  /** The survey has seen all there is. */
  end(): void {
    this.#version += 1;
    this.#before = new Map();
    this.#isComplete = true;
  }
}
