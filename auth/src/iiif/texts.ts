/** What viewers show to readers. `institution` is the name from `INSTITUTION`. */
export function loginTexts(institution: string) {
  return {
    label: `Log in to ${institution}`,
    header: `${institution}: please log in`,
    description: `${institution} shows these images to its registered users. Log in with your e-mail address and password.`,
    confirmLabel: 'Log in',
    failureHeader: 'Not logged in',
    failureDescription: `${institution} did not recognise your login. Try again; if your browser blocks cookies of other sites, open the viewer on this server instead.`,
    logoutLabel: `Log out of ${institution}`,
  } as const;
}
