#!/usr/bin/env node
// The command: checks the version of Node in words that every version understands, then runs the suite.
'use strict';
require('./node-floor.cjs');
import('../../dist/conformance/cli/main.js').catch(function (error) {
  if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist/.test(error.message)) {
    process.stderr.write('e2ee-sync is not built yet: run npm ci, or npm run build.\n');
  } else {
    process.stderr.write(
      'e2ee-sync could not start, which is a fault of the suite: ' + (error && error.stack) + '\n',
    );
  }
  process.exitCode = 4;
});
