import fc from 'fast-check'

/** Lines of the shape of the files, right and wrong ones, with the characters that readers stumble over. */
const anyLine = fc.oneof(
  fc.constantFrom(
    '[default]',
    '[profile default]',
    '[profile a]',
    '[profile "a"]',
    "[profile 'b c']",
    '[sso-session a]',
  ),
  fc.constantFrom(
    '[profile a] # c',
    '[a]',
    '[profile b',
    '[services s];',
    '[plugins]',
    '[profile b c]',
    "[profile 'x]",
  ),
  fc.constantFrom(
    'region = x',
    'Region=y # c',
    'k =',
    'k',
    'k = # c',
    'bad key = 1',
    '= 1',
    'region  =\tz \t',
    's3 =\t; c',
  ),
  fc.constantFrom(
    '  a = 1',
    '\tb',
    '  # c',
    '  [profile a]',
    '',
    ' \t',
    '# c',
    '; c',
    'k = \udcff',
    ' \udcfe',
    'k\r',
  ),
  fc.string({
    unit: fc.constantFrom('[', ']', '=', '#', ';', ' ', '\t', '"', "'", '\\', 'k', 'profile ', '\ufeff'),
    maxLength: 8,
  }),
)

/** Whole files: lines with line feeds or CRLF or both, with and without the last one, with a byte order mark. */
export const configText = fc
  .tuple(
    fc.constantFrom('', '', '', '\ufeff'),
    fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\n', '\n', '\r\n')), { maxLength: 14 }),
    fc.constantFrom('', '', 'region = last', '  c = 1', '# end'),
  )
  .map(([mark, lines, last]) => mark + lines.map(([line, ending]) => line + ending).join('') + last)
