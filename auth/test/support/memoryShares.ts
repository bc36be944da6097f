import type { Share, ShareRepository } from '../../src/shares/share.ts';

/** Share links in memory. */
export class MemoryShares implements ShareRepository {
  /** By hash. */
  readonly rows = new Map<string, Share>();

  state(): Promise<string> {
    return Promise.resolve(JSON.stringify([...this.rows.values()]));
  }

  insert(share: Share, hash: string): Promise<void> {
    this.rows.set(hash, share);
    return Promise.resolve();
  }

  find(id: string): Promise<Share | undefined> {
    return Promise.resolve([...this.rows.values()].find((share) => share.id === id));
  }

  findByHash(hash: string): Promise<Share | undefined> {
    return Promise.resolve(this.rows.get(hash));
  }

  list(): Promise<Share[]> {
    return Promise.resolve([...this.rows.values()]);
  }

  remove(id: string): Promise<boolean> {
    const hash = [...this.rows].find(([, share]) => share.id === id)?.[0];
    return Promise.resolve(hash !== undefined && this.rows.delete(hash));
  }

  async count(id: string, at: Date): Promise<boolean> {
    const share = await this.find(id);
    if (!share || share.used >= share.people || share.expiresAt <= at) return false;
    this.#change(share, { used: share.used + 1, lastUsedAt: at });
    return true;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    const share = await this.find(id);
    if (share) this.#change(share, { lastUsedAt: at });
  }

  #change(share: Share, change: Partial<Share>): void {
    const [hash = ''] = [...this.rows].find(([, one]) => one === share) ?? [];
    this.rows.set(hash, { ...share, ...change });
  }
}
