import { expect, it } from 'vitest';
import { parseNamedPlace } from './namedPlace.ts';

const IMAGE = { kind: 'image', path: ['Fotos K\u00f6ln', 'a b.tif'], tier: undefined };

it.each([
  [
    'a tile',
    'https://images.example.org/iiif/images/Fotos%20K%C3%B6ln!a%20b.tif/0,0,512,512/512,/0/default.jpg',
    IMAGE,
  ],
  ['an info.json', 'https://images.example.org:8443/iiif/3/images/Fotos%20K%C3%B6ln!a%20b.tif/info.json', IMAGE],
  ['an address without its origin', '/iiif/images/Fotos%20K%C3%B6ln!a%20b.tif/full/max/0/default.jpg?x=1#y', IMAGE],
  ['a probe', 'http://localhost/auth/iiif/2/probe/Fotos%20K%C3%B6ln!a%20b.tif', IMAGE],
  ['a path', 'Fotos K\u00f6ln/a b.tif', IMAGE],
  ['a path with dots and slashes too many', './Fotos K\u00f6ln//a b.tif', IMAGE],
  ['a tier', '/iiif/3/images/a.tif!!600/full/max/0/default.jpg', { kind: 'image', path: ['a.tif'], tier: 600 }],
  [
    'a signed address',
    '/iiif/images/!abc.def/a.tif/full/max/0/default.jpg',
    { kind: 'image', path: ['a.tif'], tier: undefined },
  ],
  ['a page', 'book.pdf!3', { kind: 'image', path: ['book.pdf', '3'], tier: undefined }],
  [
    'a manifest',
    'https://x.example.org/iiif/3/manifests/maps!atlas',
    { kind: 'manifest', path: ['maps', 'atlas'], tier: undefined },
  ],
  [
    'a viewer that shows a manifest',
    'https://viewer.example.org/?theme=dark&manifest=https%3A%2F%2Fx.example.org%2Fiiif%2Fmanifests%2Fmaps!atlas',
    { kind: 'manifest', path: ['maps', 'atlas'], tier: undefined },
  ],
  [
    'a viewer with its words behind the #',
    'https://viewer.example.org/uv.html#?c=0&iiif-content=https://x.example.org/iiif/3/images/a.tif/info.json',
    { kind: 'image', path: ['a.tif'], tier: undefined },
  ],
  ['the collection of all', '/iiif/manifests/', { kind: 'manifest', path: [], tier: undefined }],
  ['all', '.', { kind: 'image', path: [], tier: undefined }],
])('%s', (_, text, place) => {
  expect(parseNamedPlace(text)).toEqual({ ok: true, value: place });
});

it.each([
  '/auth/admin',
  'https://example.org/',
  'https://viewer.example.org/?manifest=https://other.example.org/m.json',
  '/?x=%zz',
  '/iiif/images/%zz/info.json',
  '../secret',
])('%s is none', (text) => {
  expect(parseNamedPlace(text).ok).toBe(false);
});
