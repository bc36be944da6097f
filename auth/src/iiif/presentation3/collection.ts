import { manifestAddress3 } from '../addresses.ts';
import { PRESENTATION_3_CONTEXT } from '../names.ts';

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

/** A folder of folders as a `Collection`, Presentation API 3.0, section 5.1. */
export function collection({ publicUrl, path, label, members }: CollectionInput) {
  return {
    '@context': PRESENTATION_3_CONTEXT,
    id: manifestAddress3(publicUrl, path),
    type: 'Collection',
    label: { none: [label] },
    items: members.map((member) => ({
      id: manifestAddress3(publicUrl, member.path),
      type: member.kind === 'manifest' ? 'Manifest' : 'Collection',
      label: { none: [member.label] },
    })),
  };
}
