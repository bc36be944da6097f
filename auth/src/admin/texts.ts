import type { AuditAction } from '../observability/audit.ts';

/** What the audit trail calls an action, in words. */
const actions: Readonly<Record<AuditAction, string>> = {
  login: 'Logged in',
  'login.failed': 'Login failed',
  'login.throttled': 'Login refused: too many attempts',
  logout: 'Logged out',
  'session.end': 'Session ended',
  'user.add': 'User added',
  'user.change': 'User changed',
  'user.password': 'Password changed',
  'user.remove': 'User removed',
  'role.add': 'Role added',
  'role.change': 'Role changed',
  'role.remove': 'Role removed',
  'rule.change': 'Rule changed',
  'rule.remove': 'Rule removed',
  refused: 'Not done: the rules refused it',
};

export const AUDIT_ACTIONS = Object.keys(actions);

/** The panel's words. A key that a resource has wins over the same key above. */
export const english = {
  labels: {
    navigation: 'Manage',
    dashboard: 'Overview',
    menu: 'Menu',
    skip: 'Skip to the content',
    users: 'Users',
    roles: 'Roles',
    rules: 'Rules',
    sessions: 'Live sessions',
    pictures: 'Pictures',
    unserved: 'Pictures not served',
    audit: 'Audit trail',
    doing: 'What can be done',
    sortBy: 'Sort by',
    roleFrom: 'from',
    roleUntil: 'until',
    pagesOfList: 'Pages of the list',
    pageOf: 'Page {{page}} of {{last}}',
    either: 'Either',
    yes: 'Yes',
    no: 'No',
    from: '{{title}}: from',
    to: '{{title}}: until',
  },
  buttons: {
    filter: 'Search',
    filterActive: 'Search ({{count}})',
    applyChanges: 'Find',
    resetFilter: 'Show all',
    logout: 'Log out',
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    previous: 'Previous',
    next: 'Next',
    showPassword: 'Show',
  },
  messages: {
    loading: 'Loading …',
    notices: 'Messages',
    noSuchPage: 'There is no such page in the panel.',
    noSuchRecord: 'This is not there any more.',
    notDone: 'This was not done, because the server did not answer. Try it again.',
    errorFetchingRecords: 'The list cannot be read, because the server did not answer. Reload the page.',
    successfullyCreated: 'Added.',
    successfullyUpdated: 'Saved.',
    successfullyDeleted: 'Done.',
    noRecords: 'Nothing found.',
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
        about: 'Who may see the images. Add people, give them roles, set a new password, lock an account.',
        passwordHint: 'At least 8 characters. Left empty, the password stays as it is.',
        passwordHintNew: 'At least 8 characters.',
        confirmDelete: 'Remove this user? To lock the account and keep it, make it inactive instead.',
      },
    },
    roles: {
      labels: { filters: 'Search roles' },
      actions: { list: 'Roles', new: 'Add a role', edit: 'Edit role', delete: 'Remove' },
      properties: { name: 'Name', description: 'Description' },
      messages: {
        about: 'Names for groups of people. The role “admin” opens this panel.',
        roleNameHint: 'Letters, digits, spaces, dots and hyphens. It cannot be changed later.',
        confirmDelete: 'Remove this role, and take it from everybody who has it?',
      },
    },
    rules: {
      labels: { filters: 'Search rules' },
      actions: { list: 'Rules: who sees what', new: 'Add a rule', edit: 'Edit rule', delete: 'Remove' },
      properties: { place: 'Folder or image', who: 'Who sees what', source: 'Stands in', rule: 'Rule' },
      messages: {
        about: 'Who sees which folder, at what size, and until when. The closest rule above an image holds.',
        placeHint:
          'Its path below the folder of images, such as maps/atlas; a dot for all. It cannot be changed later.',
        ruleHint:
          'everyone, users or nobody; or a list of grants, each on a line:\n- { who: everyone, sees: 600 }\n- { who: { roles: staff }, until: 2027-07-01 }',
        confirmDelete: 'Remove this rule? The one of the folder above holds then.',
      },
    },
    sessions: {
      labels: { filters: 'Search sessions' },
      actions: { list: 'Live sessions', delete: 'End session' },
      properties: {
        user: 'User',
        createdAt: 'Started',
        expiresAt: 'Ends at the latest',
        address: 'Address',
        browser: 'Browser',
        userAgent: 'Browser, as it names itself',
      },
      messages: {
        about: 'Who is logged in now, from where. End a session that should not be there.',
        confirmEnd: 'End this session? The user is logged out at once.',
      },
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
      messages: { about: 'How many pictures are ready, and how many are still being made, folder by folder.' },
    },
    unserved: {
      labels: { filters: 'Search files' },
      actions: { list: 'Pictures not served' },
      properties: { file: 'File', reason: 'Why', remedy: 'What to do' },
      messages: { about: 'The files that cannot be served, why, and what to do about each.' },
    },
    audit: {
      labels: Object.fromEntries(
        Object.entries(actions).map(([action, words]) => [action.replaceAll('.', ' '), words]),
      ),
      actions: { list: 'Audit trail' },
      properties: { at: 'When', action: 'What', actor: 'Who', target: 'To whom or what', address: 'Address' },
      messages: { about: 'Who did what, and when: logins, failed logins and every change made here.' },
    },
  },
};
