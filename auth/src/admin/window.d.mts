import type * as React from 'react';

type Component = React.FunctionComponent<Record<string, unknown>>;
export type Translate = (key: string, resource?: string | object, options?: object) => string;
/** `kind` is the key of its words, and the rest stands in them. */
export type WarningJson = { kind: string } & Record<string, string | number>;
type Filters = Record<string, string>;
type Answer = { data: Sent & { records: RecordJson[] } };

export type Notice = { id: string; type: string; message: string; resourceId?: string; options?: { stays?: boolean } };
/** What the server says to an action. */
export type Sent = { record?: RecordJson; redirectUrl?: string; notice?: object; link?: string };
export type ActionJson = { name: string; guard?: string; showFilter?: boolean };

export type Property = {
  propertyPath: string;
  label: string;
  type: string;
  resourceId: string;
  isSortable: boolean;
  isRequired: boolean;
  description?: string;
  availableValues: object[] | null;
  components?: { edit?: string };
  /**
   * Ours: what a new record begins with, what is never changed afterwards, and under which name a record is named in the
   * address of the page of its own that opens it.
   */
  custom?: { initially?: boolean; fixed?: boolean; opens?: string };
  props: object;
};

export type RecordJson = {
  id: string;
  title: string;
  params: Record<string, string | number | boolean | object | null | undefined>;
  errors: Record<string, { message: string } | undefined>;
  populated: object;
  recordActions: ActionJson[];
};

export type ResourceJson = {
  id: string;
  name: string;
  navigation: { icon: string };
  resourceActions: ActionJson[];
  titleProperty: Property;
  listProperties: Property[];
  editProperties: Property[];
  filterProperties: Property[];
};

type State = { notices: Notice[]; resources: ResourceJson[]; session: { email: string; title: string } };

/** What AdminJS's bundles set. */
declare global {
  interface Window {
    React: typeof React;
    ReactRedux: {
      useSelector: <T>(select: (state: State) => T) => T;
      useStore: () => { getState: () => State; dispatch: (action: object) => void };
    };
    ReactRouterDOM: {
      Link: Component;
      Route: Component;
      Routes: Component;
      useLocation: () => { pathname: string; search: string };
      useNavigate: () => (address: string) => void;
      useParams: () => { resourceId?: string; recordId?: string };
    };
    FeatherIcons: Record<string, Component | undefined>;
    AdminJS: {
      ApiClient: new () => Record<'resourceAction' | 'recordAction', (request: object) => Promise<Answer>> & {
        getDashboard: () => Promise<{ data: { warnings?: WarningJson[] } }>;
      };
      UserComponents: Record<string, React.FunctionComponent>;
      useQueryParams: () => {
        filters?: Filters;
        clearParams: (name: string) => void;
        storeParams: (params: object) => void;
      };
      useRecords: (resource: string) => {
        records: RecordJson[];
        loading: boolean;
        direction: string;
        sortBy?: string;
        page: number;
        perPage: number;
        total: number;
        fetchData: () => void;
      };
      useTranslation: () => Record<'ta' | 'tb' | 'tl' | 'tm' | 'tp', Translate> & {
        i18n: { changeLanguage: (language: string) => Promise<unknown> };
      };
    };
    REDUX_STATE: {
      paths: Record<'rootPath' | 'logoutPath', string>;
      branding: { companyName: string };
      locale: { availableLanguages: string[] };
    };
  }
}
