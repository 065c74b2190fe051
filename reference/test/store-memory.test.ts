/** The storage in memory keeps the contract of all storages. */
import t from 'tap';
import { createMemoryStore } from '../index.ts';
import { testStore } from './store-contract.ts';

testStore(t, createMemoryStore);
