/** An action that AdminJS has and we have not. It is neither shown nor answered. */
const off = { isAccessible: false, isVisible: false } as const;

export const switchedOff = {
  /** No resource needs them: bulk actions, and the look-up for a reference from another resource. */
  everywhere: { bulkDelete: off, search: off },
  readOnly: { new: off, edit: off, delete: off },
  off,
} as const;
