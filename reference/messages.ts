/** The messages of the HTTP binding checked against their schemas (chapter 9). */
import { messageSchemas } from '../spec/message-schemas.ts';
import { createChecker } from './checker.ts';

export const { findFault, checkMessage } = createChecker(messageSchemas);
