import tseslint from 'typescript-eslint';

/** Who may import whom; `conformance/test/architecture.test.ts` checks the finer rules. */
const folders = {
  spec: ['vectors', 'reference', 'conformance'],
  vectors: ['reference', 'conformance'],
  reference: ['vectors', 'conformance'],
};

export default tseslint.config(
  { ignores: ['dist', 'docs', '.tap', '.tests', 'node_modules', 'coverage'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Verbs without an answer are written as what they are: a call whose result is not looked at.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Records of functions take no part in `this`; there is nothing to bind.
      '@typescript-eslint/unbound-method': 'off',
      // The type checker asks for brackets on index signatures, so that a typing error in a name is seen.
      '@typescript-eslint/dot-notation': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
    },
  },
  {
    files: ['**/test/*.{test,long}.ts'],
    rules: {
      // tap keeps track of its own subtests; every other promise must be awaited.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafePromises: [
            { from: 'package', name: 'PromiseWithSubtest', package: '@tapjs/core' },
          ],
        },
      ],
    },
  },
  // Tables: one entry a fault.
  { files: ['conformance/faults/*-faults.ts'], rules: { 'max-lines': 'off' } },
  ...Object.entries(folders).map(([folder, others]) => ({
    files: [`${folder}/**/*.ts`],
    ignores: ['**/test/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: others.map((other) => ({
            group: [`**/${other}/**`],
            message: `${folder} does not import ${other}.`,
          })),
        },
      ],
    },
  })),
);
