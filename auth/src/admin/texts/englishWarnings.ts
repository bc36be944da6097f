/** What an administrator should do something about; auth/src/admin/warnings.ts has the kinds. */
export const englishWarnings = {
  warning_requests: 'Requests for access that wait for an answer: {{open}}.',
  warning_fault:
    'access.yml cannot be used as it is: {{fault}}. The rules are as they were before; correct it, then they are as it says.',
  warning_proxyInRange:
    '{{rule}} opens something to everybody in {{network}}, and {{proxy}} is in it, which is a proxy: whoever comes by it is let in. Take it out of the range, and see that the addresses of visitors reach this server (TRUSTED_PROXIES).',
  warning_oneAddress:
    'All {{requests}} requests of the last while came from one address, {{address}}. Unless that was one person, it is a proxy or Docker’s gateway, and rules about networks mean nothing: name it in TRUSTED_PROXIES, and let it send X-Forwarded-For.',
  warning_gone: '{{rule}}: there is no “{{path}}”. The rule is kept, and holds for nothing.',
  warning_goneMeant: '{{rule}}: there is no “{{path}}”, so the rule holds for nothing; was “{{meant}}” meant?',
  warning_goneMoved: '{{rule}}: “{{path}}” is gone, and “{{moved}}” has its images. Its rule holds for nothing now.',
  warning_goneMovedInFile:
    '{{rule}}: “{{path}}” is gone, and “{{moved}}” has its images. Write {{moved}} in the file, because the rule holds for nothing now.',
  warning_role: '{{rule}} names the role “{{role}}”, which is not there, so nobody has it. Add it, or change the rule.',
  warning_roleMeant: '{{rule}} names the role “{{role}}”, which is not there, so nobody has it; was “{{meant}}” meant?',
};
