import { manifestAddress } from '../addresses.ts';
import { PRESENTATION_2_CONTEXT } from '../names.ts';

export type CollectionMember = {
  readonly kind: 'manifest' | 'collection';
  readonly path: readonly string[];
  readonly label: string;
};

export type CollectionInput = {
  readonly publicUrl: string;
  readonly path: readonly string[];
  readonly label: string;
  readonly members: readonly CollectionMember[];
};

/** A folder of folders as a `sc:Collection`, Presentation API 2.1, section 5.8. */
export function collection({ publicUrl, path, label, members }: CollectionInput) {
  const listed = (kind: CollectionMember['kind'], type: string) =>
    members
      .filter((member) => member.kind === kind)
      .map((member) => ({ '@id': manifestAddress(publicUrl, member.path), '@type': type, label: member.label }));
  const collections = listed('collection', 'sc:Collection');
  const manifests = listed('manifest', 'sc:Manifest');
  return {
    '@context': PRESENTATION_2_CONTEXT,
    '@id': manifestAddress(publicUrl, path),
    '@type': 'sc:Collection',
    label,
    ...(collections.length > 0 && { collections }),
    ...(manifests.length > 0 && { manifests }),
  };
}
