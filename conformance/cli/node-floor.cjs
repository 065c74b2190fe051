// Ends with one sentence on a Node that is older than package.json asks for. Plain ES5: old versions read it.
'use strict';
var floor = require('../../package.json').engines.node.replace('>=', '');
var parts = function (version) {
  return version.split('.').map(Number);
};
var have = parts(process.versions.node);
var need = parts(floor);
for (var i = 0; i < 3 && have[i] === need[i]; i++);
if (i < 3 && have[i] < need[i]) {
  process.stderr.write(
    'e2ee-sync needs Node ' + floor + ' or newer; this is Node ' + process.versions.node + '.\n',
  );
  process.exit(2);
}
