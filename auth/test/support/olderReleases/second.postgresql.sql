CREATE TABLE public.audit_events (
    id integer NOT NULL,
    at character varying(24) NOT NULL,
    action character varying(40) NOT NULL,
    actor text NOT NULL,
    target text NOT NULL,
    address text NOT NULL
);
CREATE SEQUENCE public.audit_events_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_events_id_seq OWNED BY public.audit_events.id;
CREATE TABLE public.ended_visits (
    id character varying(22) NOT NULL,
    expires_at character varying(24) NOT NULL
);
CREATE TABLE public.image_facts (
    key character varying(64) NOT NULL,
    facts text NOT NULL,
    seen_at character varying(24) NOT NULL
);
CREATE TABLE public.migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);
CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;
CREATE TABLE public.roles (
    name character varying(63) NOT NULL,
    description text NOT NULL
);
CREATE TABLE public.sessions (
    id character varying(36) NOT NULL,
    user_id character varying(36) NOT NULL,
    access_hash character varying(64) NOT NULL,
    account_hash character varying(64) NOT NULL,
    created_at character varying(24) NOT NULL,
    expires_at character varying(24) NOT NULL,
    address text NOT NULL,
    user_agent text NOT NULL
);
CREATE TABLE public.user_roles (
    user_id character varying(36) NOT NULL,
    role_name character varying(63) NOT NULL
);
CREATE TABLE public.users (
    id character varying(36) NOT NULL,
    email character varying(320) NOT NULL,
    name text NOT NULL,
    active boolean NOT NULL,
    password_hash text NOT NULL,
    created_at character varying(24) NOT NULL,
    last_login_at character varying(24)
);
ALTER TABLE ONLY public.audit_events ALTER COLUMN id SET DEFAULT nextval('public.audit_events_id_seq'::regclass);
ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);
INSERT INTO public.audit_events (id, at, action, actor, target, address) VALUES (1, '2026-11-20T09:00:00.000Z', 'user.add', 'cli', 'ben@example.org', '');
INSERT INTO public.audit_events (id, at, action, actor, target, address) VALUES (2, '2026-11-22T09:00:00.000Z', 'login', 'ben@example.org', 'ben@example.org', '192.0.2.7');
INSERT INTO public.ended_visits (id, expires_at) VALUES ('dddddddddddddddddddddd', '2099-01-01T00:00:00.000Z');
INSERT INTO public.image_facts (key, facts, seen_at) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '{}', '2026-11-22T09:00:00.000Z');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (1, 1795305600000, 'CreateTables1795305600000');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (2, 1795348800000, 'AddVisits1795348800000');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (3, 1795646400000, 'OneSpellingOfEmails1795646400000');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (4, 1795650000000, 'EndOfWhatGrows1795650000000');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (5, 1795737600000, 'FactsOfImages1795737600000');
INSERT INTO public.migrations (id, "timestamp", name) VALUES (6, 1795800000000, 'SessionsByTime1795800000000');
INSERT INTO public.roles (name, description) VALUES ('admin', 'May use the admin panel');
INSERT INTO public.roles (name, description) VALUES ('seminar', 'Letters of the estate');
INSERT INTO public.sessions (id, user_id, access_hash, account_hash, created_at, expires_at, address, user_agent) VALUES ('00000004-1111-4111-8111-111111111111', '00000002-1111-4111-8111-111111111111', '0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a', '412dc46cc9e3cb26f29f7c1415c556349af62904c5d15b0a2d8cfdc5cfa22b34', '2026-11-22T09:00:00.000Z', '2099-01-01T00:00:00.000Z', '192.0.2.7', 'Mozilla/5.0');
INSERT INTO public.user_roles (user_id, role_name) VALUES ('00000001-1111-4111-8111-111111111111', 'admin');
INSERT INTO public.user_roles (user_id, role_name) VALUES ('00000002-1111-4111-8111-111111111111', 'seminar');
INSERT INTO public.user_roles (user_id, role_name) VALUES ('00000003-1111-4111-8111-111111111111', 'seminar');
INSERT INTO public.users (id, email, name, active, password_hash, created_at, last_login_at) VALUES ('00000001-1111-4111-8111-111111111111', 'ada@example.org', 'Ada', true, '$2b$04$MWZNlZVuLN7CoQGfIfNp0.L8uOV/ICr1IgGZD5.CpfCTYCyUcSIOm', '2026-11-20T09:00:00.000Z', '2026-11-21T09:00:00.000Z');
INSERT INTO public.users (id, email, name, active, password_hash, created_at, last_login_at) VALUES ('00000002-1111-4111-8111-111111111111', 'ben@example.org', 'Ben', true, '$2b$04$2Jounz/EQtj9eSOFdljENulMNi6qazU2PanbEFb.Pslnf1rK2kSFe', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.users (id, email, name, active, password_hash, created_at, last_login_at) VALUES ('00000003-1111-4111-8111-111111111111', 'cleo@example.org', 'Cleo', false, '$2b$04$MFhcVi2whmNpbPde1YaGNuJfbDEqQb6NpUUBb/GdaORq3lSPV.aMu', '2026-11-20T09:00:00.000Z', '2026-11-21T09:00:00.000Z');
SELECT pg_catalog.setval('public.audit_events_id_seq', 2, true);
SELECT pg_catalog.setval('public.migrations_id_seq', 6, true);
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pk PRIMARY KEY (id);
ALTER TABLE ONLY public.ended_visits
    ADD CONSTRAINT ended_visits_pk PRIMARY KEY (id);
ALTER TABLE ONLY public.image_facts
    ADD CONSTRAINT image_facts_pk PRIMARY KEY (key);
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_pk PRIMARY KEY (name);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pk PRIMARY KEY (id);
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_pk PRIMARY KEY (user_id, role_name);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pk PRIMARY KEY (id);
CREATE INDEX audit_events_at ON public.audit_events USING btree (at);
CREATE INDEX ended_visits_expires_at ON public.ended_visits USING btree (expires_at);
CREATE INDEX image_facts_seen_at ON public.image_facts USING btree (seen_at);
CREATE UNIQUE INDEX sessions_access_hash ON public.sessions USING btree (access_hash);
CREATE UNIQUE INDEX sessions_account_hash ON public.sessions USING btree (account_hash);
CREATE INDEX sessions_created_at ON public.sessions USING btree (created_at, id);
CREATE INDEX sessions_expires_at ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_user_id ON public.sessions USING btree (user_id);
CREATE INDEX user_roles_role_name ON public.user_roles USING btree (role_name);
CREATE UNIQUE INDEX users_email ON public.users USING btree (email);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_role FOREIGN KEY (role_name) REFERENCES public.roles(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_user FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
