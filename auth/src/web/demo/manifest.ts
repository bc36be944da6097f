import type { Gate } from '../../gate/gate.ts';
import type { ApiVersion } from '../../iiif/apiVersions.ts';
import { formatIdentifier } from '../../iiif/identifier.ts';
import { overviewOf } from '../../iiif/overview.ts';
import { textOf } from '../../iiif/written.ts';
import type { DocumentSettings } from '../routes/info.ts';
import type { Demonstration } from './demonstrations.ts';

/** Manifests are made for nobody in particular. */
const NOBODY = { cookie: undefined, authorization: undefined, address: '', origin: undefined, destination: undefined };

/**
 * The JSON of the manifest of a demonstration, Presentation API 2.1 or 3.0, at the address `id`; nothing if the images of one of its
 * folders are not below `IMAGE_DIR`, or cannot be read now.
 */
export async function demoManifest(
  gate: Gate,
  { folders, title }: Demonstration,
  { version, presentation }: ApiVersion,
  id: string,
  { publicUrl, institution, texts, limits }: DocumentSettings,
): Promise<string | undefined> {
  const found = await Promise.all(folders.map((path) => gate.manifest(formatIdentifier(path), version, NOBODY)));
  const folderImages = found.map((verdict) =>
    verdict.kind === 'folder' && verdict.contents.kind === 'manifest' ? verdict.contents.images : [],
  );
  if (folderImages.some((ofFolder) => ofFolder.length === 0)) return undefined;
  const images = folderImages.flat();
  const input = { publicUrl, path: folders[0] ?? [], label: title, attribution: institution, texts, limits, id };
  return textOf(presentation.manifest({ ...input, images, overview: overviewOf(images), access: undefined }));
}
