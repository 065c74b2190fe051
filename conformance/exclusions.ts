/** Requirements that no check can judge, each with the reason. Everything else is judged. */
export const exclusions: Readonly<Record<string, string>> = {
  'SRP-23': 'u is a hash of A and B: no test can find an A and a B for which it is zero.',
  'SRP-33':
    'A time that does not depend on where two values differ can be read in code, and not measured reliably over a network.',
  'ENUM-06':
    'Times over a network show what else is under way: they are measured and reported as indications with their statistics, and never judged.',
  'HTTP-19':
    'How many attempts are too many is for each server to say, and a run that found out would lock its own accounts out.',
  'SESSION-06': 'How a server stores session ids does not show from outside.',
  'RESET-04':
    'What a client asks its user before a reset is not on the wire, and the user of an adapter has said yes before.',
};
