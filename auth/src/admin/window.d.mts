import type * as React from 'react';

type Component = React.FunctionComponent<Record<string, unknown>>;
type Components = Record<string, Component>;

/** What AdminJS's bundles set. */
declare global {
  interface Window {
    React: typeof React;
    AdminJSDesignSystem: Components;
    ReactRouterDOM: { Link: Component };
    AdminJS: {
      ApiClient: new () => {
        resourceAction: (
          request: object,
        ) => Promise<{ data: { records: { params: { name: string; description: string } }[] } }>;
      };
      BasePropertyComponent: Component;
      UserComponents: Record<string, unknown>;
      useTranslation: () => Record<'tm' | 'translateProperty', (text: string, resource: string) => string>;
    };
    REDUX_STATE: { paths: { rootPath: string }; branding: { companyName: string } };
  }
}
