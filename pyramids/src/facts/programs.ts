import type { Master } from '../shared/master.ts';
import { pagesOfHeif } from './heif.ts';
import type { Finding } from './judge.ts';
import { changing, isStill, openMaster } from './openMaster.ts';
import { pagesOfPdf } from './pdf.ts';
import { perhapsChanging } from './readFile.ts';

/** Asks another program for the pages of a master whose header does not say them. Rejects with failures of the system. */
export async function askPrograms(
  format: 'pdf' | 'heif',
  folder: string,
  master: Omit<Master, 'key'>,
  dpi: number,
): Promise<Finding> {
  const opened = await openMaster(folder, master);
  if (opened.kind !== 'open') return opened;
  const { file, modifiedAt } = opened;
  try {
    const told = await (format === 'pdf' ? pagesOfPdf(file.fd, dpi) : pagesOfHeif(file.fd));
    if (!(await isStill(file, master.state))) return changing;
    return told.kind === 'damaged' ? perhapsChanging(told.reason, modifiedAt) : told;
  } finally {
    await file.close();
  }
}
