// Runs in the browser, as AdminJS's components.bundle.js: a plain script on the globals that AdminJS's bundles set.
/**
 * @typedef {{property: {path: string, label: string, resourceId: string}, record: {params: Record<string, any>,
 *   errors?: Record<string, {message: string}>}, onChange: (path: string, value: unknown) => void}} Field
 * @typedef {{name: string, description: string}} Role
 */
(() => {
  const { createElement: element, useEffect, useState } = window.React;
  const { Box, CheckBox, FormGroup, FormMessage, H2, Input, Label, Text } = window.AdminJSDesignSystem;
  const { Link } = window.ReactRouterDOM;
  const { ApiClient, BasePropertyComponent, UserComponents, useTranslation } = window.AdminJS;
  const { rootPath } = window.REDUX_STATE.paths;

  const TOPICS = [
    ['users', 'Users', 'Who may see the images. Add people, give them roles, set a new password, lock an account.'],
    ['roles', 'Roles', 'Names for groups of people. The role “admin” opens this panel.'],
    ['sessions', 'Live sessions', 'Who is logged in now, from where. End a session that should not be there.'],
    ['pictures', 'Pictures', 'How many pictures are ready, and how many are still being made, folder by folder.'],
    ['unserved', 'Pictures not served', 'The files that cannot be served, why, and what to do about each.'],
    ['audit', 'Audit trail', 'Who did what, and when: logins, failed logins and every change made here.'],
  ];

  UserComponents.Dashboard = () =>
    element(
      Box,
      { p: 'xxl', maxWidth: 900 },
      element(H2, null, window.REDUX_STATE.branding.companyName),
      TOPICS.map(([id, title, text]) =>
        element(
          Box,
          { key: id, variant: 'container', boxShadow: 'card', bg: 'container', p: 'xl', mt: 'lg' },
          element(Link, { to: `${rootPath}/resources/${id}`, style: { fontSize: 18 } }, title),
          element(Text, { mt: 'sm' }, text),
        ),
      ),
    );

  /** A role and its dates as they are typed: `seminar (from 2027-02-01 until 2027-07-01)`. */
  const ROLE = /^([^()]*?)(?: \((?:from ([^()]*?))?(?: ?until ([^()]*))?\))?$/;
  const roleText = (/** @type {string} */ name, from = '', until = '') => {
    const parts = [...(from ? [`from ${from}`] : []), ...(until ? [`until ${until}`] : [])];
    return parts.length === 0 ? name : `${name} (${parts.join(' ')})`;
  };

  /** The roles there are, one box each, and its dates; the field itself is a text with commas. */
  UserComponents.RoleBoxes = (/** @type {Field} */ { property, record, onChange }) => {
    const [roles, setRoles] = useState(/** @type {Role[]} */ ([]));
    const { tm, translateProperty } = useTranslation();
    const error = record.errors?.[property.path];
    /** @type {string} */
    const text = record.params[property.path] ?? '';
    /** @type {Map<string, string[]>} */
    const chosen = new Map();
    for (const one of text.split(', ').filter((some) => some !== '')) {
      const [, name = one, from = '', until = ''] = ROLE.exec(one) ?? [];
      chosen.set(name, [from, until]);
    }
    const write = () => {
      onChange(property.path, [...chosen].map(([name, dates]) => roleText(name, ...dates)).join(', '));
    };

    useEffect(() => {
      void new ApiClient()
        .resourceAction({ resourceId: 'roles', actionName: 'list', params: { perPage: 500 } })
        .then(({ data }) => {
          setRoles(data.records.map(({ params }) => params));
        });
    }, []);

    const toggle = (/** @type {string} */ name) => {
      if (!chosen.delete(name)) chosen.set(name, []);
      write();
    };
    // The role that opens the panel has no end.
    const dates = (/** @type {string} */ name) =>
      name === 'admin'
        ? null
        : ['from', 'until'].map((label, index) =>
            element(Input, {
              key: label,
              value: chosen.get(name)?.[index] ?? '',
              placeholder: `${label} …`,
              'aria-label': `${name}: ${label}`,
              maxLength: 25,
              ml: 'default',
              onChange: (/** @type {{target: {value: string}}} */ { target }) => {
                const typed = [...(chosen.get(name) ?? [])];
                typed[index] = target.value.replace(/[(),]/g, '');
                chosen.set(name, typed);
                write();
              },
            }),
          );
    const box = (/** @type {Role} */ { name, description }) =>
      element(
        Box,
        { key: name, mb: 'default' },
        element(CheckBox, {
          id: `role-${name}`,
          checked: chosen.has(name),
          onChange: () => {
            toggle(name);
          },
        }),
        element(Label, { inline: true, htmlFor: `role-${name}`, ml: 'default' }, name),
        element(Text, { as: 'span', color: 'grey80', ml: 'lg' }, description),
        chosen.has(name) && dates(name),
      );
    return element(
      FormGroup,
      { error: Boolean(error) },
      element(Label, null, translateProperty(property.label, property.resourceId)),
      roles.map(box),
      element(FormMessage, null, error && tm(error.message, property.resourceId)),
    );
  };

  /** A new user is active unless the box is cleared. */
  UserComponents.ActiveByDefault = (/** @type {Field} */ props) => {
    const { onChange, property, record } = props;
    useEffect(() => {
      if (record.params[property.path] === undefined) onChange(property.path, true);
    }, []);
    return element(BasePropertyComponent, { ...props, property: { ...property, components: {} } });
  };

  /** In a form, as text; nothing where there is nothing to tell yet. */
  UserComponents.ReadOnly = (/** @type {Field} */ props) => {
    const { property, record } = props;
    if (!record.params[property.path]) return null;
    return element(BasePropertyComponent, { ...props, where: 'show', property: { ...property, components: {} } });
  };

  // Tables break words anywhere, addresses first.
  const style = document.createElement('style');
  style.textContent = 'td { word-break: normal !important; overflow-wrap: break-word }';
  document.head.append(style);

  // A session may end, or a right be taken, while the page is open: the page that a reload gives says what is the matter.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the request itself
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = /** @type {typeof open} */ (
    /** @this {XMLHttpRequest} @param {Parameters<typeof open>} args */
    function (...args) {
      this.addEventListener('load', () => {
        if (this.status === 401 || this.responseText.includes('"not_administrator"')) window.location.reload();
      });
      open.apply(this, args);
    }
  );
})();
