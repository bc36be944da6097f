/** The panel's words, where AdminJS's own do not fit. */
export const labels = {
  actions: { new: 'Add' },
  labels: {
    navigation: 'Manage',
    dashboard: 'Overview',
    users: 'Users',
    roles: 'Roles',
    rules: 'Rules',
    sessions: 'Live sessions',
    pictures: 'Pictures',
    unserved: 'Pictures not served',
    audit: 'Audit trail',
  },
  buttons: {
    filter: 'Search',
    filterActive: 'Search ({{count}})',
    applyChanges: 'Search',
    logout: 'Log out',
    confirm: 'Yes',
  },
  messages: {
    successfullyCreated: 'Added.',
    successfullyUpdated: 'Saved.',
    successfullyDeleted: 'Done.',
    noRecords: 'Nothing found',
    noRecordsInResource: 'There is nothing here.',
  },
  resources: {
    users: {
      labels: { filters: 'Search users' },
      actions: { list: 'Users', new: 'Add a user', edit: 'Edit user', delete: 'Remove' },
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
        passwordHint: 'At least 8 characters. Left empty, the password stays as it is.',
        confirmDelete: 'Remove this user? To lock the account and keep it, make it inactive instead.',
      },
    },
    roles: {
      labels: { filters: 'Search roles' },
      actions: { list: 'Roles', new: 'Add a role', edit: 'Edit role', delete: 'Remove' },
      properties: { name: 'Name', description: 'Description' },
      messages: {
        roleNameHint: 'Letters, digits, spaces, dots and hyphens. It cannot be changed later.',
        confirmDelete: 'Remove this role, and take it from everybody who has it?',
      },
    },
    rules: {
      labels: { filters: 'Search rules' },
      actions: { list: 'Rules: who sees what', new: 'Add a rule', edit: 'Edit rule', delete: 'Remove' },
      properties: { place: 'Folder or image', who: 'Who sees what', source: 'Stands in', rule: 'Rule' },
      messages: {
        placeHint:
          'Its path below the folder of images, such as maps/atlas; a dot for all. It cannot be changed later.',
        ruleHint:
          'everyone, users or nobody; or a list of grants, each on a line: - { who: everyone, sees: 600 } - { who: { roles: staff }, until: 2027-07-01 }',
        confirmDelete: 'Remove this rule? The one of the folder above holds then.',
      },
    },
    sessions: {
      labels: { filters: 'Search sessions' },
      actions: { list: 'Live sessions', delete: 'End this session' },
      properties: {
        user: 'User',
        createdAt: 'Started',
        expiresAt: 'Ends at the latest',
        address: 'Address',
        userAgent: 'Browser',
      },
      messages: { confirmEnd: 'End this session? The user is logged out at once.' },
    },
    pictures: {
      labels: { filters: 'Search folders' },
      actions: { list: 'Pictures' },
      properties: {
        folder: 'Folder',
        pictures: 'Pictures',
        ready: 'Ready',
        beingMade: 'Being made',
        unserved: 'Cannot be served',
        left: 'Time left',
      },
    },
    unserved: {
      labels: { filters: 'Search files' },
      actions: { list: 'Pictures not served' },
      properties: { file: 'File', reason: 'Why', remedy: 'What to do' },
    },
    audit: {
      actions: { list: 'Audit trail' },
      properties: { at: 'When', action: 'What', actor: 'Who', target: 'To whom or what', address: 'Address' },
    },
  },
};
