/** The panel's words, where AdminJS's own do not fit. */
export const labels = {
  labels: {
    navigation: 'Manage',
    dashboard: 'Overview',
    users: 'Users',
    roles: 'Roles',
    sessions: 'Live sessions',
    audit: 'Audit trail',
  },
  buttons: {
    filter: 'Search',
    filterActive: 'Search ({{count}})',
    applyChanges: 'Search',
    logout: 'Log out',
    confirm: 'Yes',
  },
  messages: { successfullyUpdated: 'Saved.', noRecords: 'Nothing here', noRecordsInResource: 'There is nothing here.' },
  resources: {
    users: {
      labels: { filters: 'Search users' },
      actions: { new: 'Add a user', edit: 'Edit', delete: 'Remove' },
      properties: {
        email: 'E-mail',
        name: 'Name',
        active: 'Active',
        roles: 'Roles',
        password: 'New password',
        createdAt: 'Added',
        lastLoginAt: 'Last login',
      },
      messages: {
        passwordHint: 'At least 8 characters. Leave it empty to keep the password as it is.',
        confirmDelete: 'Remove this user? To keep the account but lock it, make it inactive instead.',
        successfullyCreated: 'The user was added.',
        successfullyDeleted: 'The user was removed.',
      },
    },
    roles: {
      labels: { filters: 'Search roles' },
      actions: { new: 'Add a role', edit: 'Edit', delete: 'Remove' },
      properties: { name: 'Name', description: 'Description' },
      messages: {
        roleNameHint: 'Letters, digits, spaces, dots and hyphens. It cannot be changed later.',
        confirmDelete: 'Remove this role, and take it from everybody who has it?',
        successfullyCreated: 'The role was added.',
        successfullyDeleted: 'The role was removed.',
      },
    },
    sessions: {
      labels: { filters: 'Search sessions' },
      actions: { delete: 'End this session' },
      properties: {
        user: 'User',
        createdAt: 'Started',
        expiresAt: 'Ends at the latest',
        address: 'Address',
        userAgent: 'Browser',
      },
      messages: {
        confirmEnd: 'End this session? The user is logged out at once.',
        successfullyDeleted: 'The session was ended.',
      },
    },
    audit: {
      properties: { at: 'When', action: 'What', actor: 'Who', target: 'To whom or what', address: 'Address' },
    },
  },
};
