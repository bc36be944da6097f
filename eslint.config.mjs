export { default } from './auth/eslint.config.mjs';
