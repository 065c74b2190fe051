package e2ee

// Keys as JSON Web Keys and their checks (6.6).

import (
	"math/big"
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const (
	modulusBits  = 2048
	modulusBytes = 256
	exponent     = "AQAB"
)

// privateNumbers are the numbers that a private key has and a public one must not have (JWK-08).
var privateNumbers = []string{"d", "p", "q", "dp", "dq", "qi"}

// symmetricJWK is the JWK of a symmetric key of 32 bytes (JWK-02).
func symmetricJWK(key []byte) *jsontext.Object {
	return jsontext.NewObject(
		jsontext.Member{Name: "alg", Value: "A256GCM"},
		jsontext.Member{Name: "ext", Value: true},
		jsontext.Member{Name: "k", Value: toBase64url(key)},
		jsontext.Member{Name: "key_ops", Value: []string{"encrypt", "decrypt"}},
		jsontext.Member{Name: "kty", Value: "oct"},
	)
}

// readSymmetricJWK takes the bytes of k out of a symmetric JWK.
func readSymmetricJWK(value any) ([]byte, error) {
	object, err := readKind(value, "oct", "A256GCM", "encrypt", "decrypt")
	if err != nil {
		return nil, err
	}
	k, err := textMember("key", object, "k")
	if err != nil {
		return nil, err
	}
	return fromBase64url("k", k)
}

// readKind checks kty, alg and key_ops, in any order of the operations (JWK-04).
func readKind(value any, kty, alg string, operations ...string) (*jsontext.Object, error) {
	object, isObject := value.(*jsontext.Object)
	if !isObject {
		return nil, refuse(Schema, "a key must be a JSON object (JWK-04)")
	}
	for member, wanted := range map[string]string{"kty": kty, "alg": alg} {
		if got, _ := object.Get(member); got != wanted {
			return nil, refuse(Schema, "the %s of the key must be %s (JWK-04)", member, wanted)
		}
	}
	ops, _ := object.Get("key_ops")
	list, isList := ops.([]any)
	if !isList || len(list) != len(operations) {
		return nil, refuse(Schema, "the key_ops of the key must be %q (JWK-04)", operations)
	}
	for _, operation := range operations {
		if !slices.Contains(list, any(operation)) {
			return nil, refuse(Schema, "the key_ops of the key must be %q (JWK-04)", operations)
		}
	}
	return object, nil
}

// readNumber takes a number of an RSA key; it refuses a zero byte in front (JWK-07).
func readNumber(object *jsontext.Object, member string) (*big.Int, error) {
	text, err := textMember("key", object, member)
	if err != nil {
		return nil, err
	}
	bytes, err := fromBase64url(member, text)
	if err != nil {
		return nil, err
	}
	if len(bytes) == 0 || bytes[0] == 0 {
		return nil, refuse(Schema, "%s of the key is empty or begins with a zero byte (JWK-07)", member)
	}
	return integer(bytes), nil
}

// readModulus checks e and n of an RSA key (JWK-05, JWK-06).
func readModulus(object *jsontext.Object) (*big.Int, error) {
	if e, _ := object.Get("e"); e != exponent {
		return nil, refuse(Schema, "e of the key must be %s (JWK-06)", exponent)
	}
	n, err := readNumber(object, "n")
	if err != nil {
		return nil, err
	}
	if n.BitLen() != modulusBits || n.Bit(0) == 0 {
		return nil, refuse(Schema, "n of the key must be odd and have %d bits (JWK-05)", modulusBits)
	}
	return n, nil
}

// publicKey is PUB_Account of somebody: its modulus, and the JWK as it was taken.
type publicKey struct {
	n   *big.Int
	jwk *jsontext.Object
}

// readPublicKey takes a public key out of the string that was sent. It refuses text that is no JSON or base64url at
// encoding, and every other form at schema (JWK-03 to JWK-08).
func readPublicKey(text string) (publicKey, error) {
	value, err := jsontext.Parse([]byte(text))
	if err != nil {
		return publicKey{}, refuse(Encoding, "the public key is %s (JWK-04)", err)
	}
	object, err := readKind(value, "RSA", "RSA-OAEP-256", "encrypt")
	if err != nil {
		return publicKey{}, err
	}
	for _, member := range append([]string{"oth", "k"}, privateNumbers...) {
		if _, present := object.Get(member); present {
			return publicKey{}, refuse(Schema, "the public key holds the private member %s (JWK-08)", member)
		}
	}
	n, err := readModulus(object)
	return publicKey{n, object}, err
}

// text is the compact JSON of the key.
func (k publicKey) text() string { return string(jsontext.Write(k.jwk)) }

// privateKey is PRV_Account: its numbers by the names of the JWK, and the JWK as it was taken.
type privateKey struct {
	numbers map[string]*big.Int
	jwk     *jsontext.Object
}

// readPrivateKey takes a private key. It refuses base64url that cannot be decoded at encoding, every other form at schema,
// and numbers that do not belong together at decrypt (JWK-09).
func readPrivateKey(value any) (privateKey, error) {
	object, err := readKind(value, "RSA", "RSA-OAEP-256", "decrypt")
	if err != nil {
		return privateKey{}, err
	}
	n, err := readModulus(object)
	if err != nil {
		return privateKey{}, err
	}
	numbers := map[string]*big.Int{"n": n}
	for _, member := range privateNumbers {
		if numbers[member], err = readNumber(object, member); err != nil {
			return privateKey{}, err
		}
	}
	if !belongTogether(numbers) {
		return privateKey{}, refuse(Decrypt, "the numbers of the private key do not belong together (JWK-09)")
	}
	return privateKey{numbers, object}, nil
}

// belongTogether holds when n = p · q, when e · d is 1 modulo p − 1 and q − 1, when dp and dq are d modulo these, and when
// q · qi is 1 modulo p.
func belongTogether(k map[string]*big.Int) bool {
	one, e := big.NewInt(1), big.NewInt(65537)
	if k["p"].Cmp(one) <= 0 || k["q"].Cmp(one) <= 0 || new(big.Int).Mul(k["p"], k["q"]).Cmp(k["n"]) != 0 {
		return false
	}
	for prime, reduced := range map[string]string{"p": "dp", "q": "dq"} {
		less := new(big.Int).Sub(k[prime], one)
		d := new(big.Int).Mod(k["d"], less)
		if d.Cmp(k[reduced]) != 0 || d.Mod(d.Mul(d, e), less).Cmp(one) != 0 {
			return false
		}
	}
	inverse := new(big.Int).Mul(k["q"], k["qi"])
	return inverse.Mod(inverse, k["p"]).Cmp(one) == 0
}

// checkPair refuses a public key that does not belong to the private one, at decrypt (WRAP-10). Both have the e of JWK-06.
func checkPair(public publicKey, private privateKey) error {
	if public.n.Cmp(private.numbers["n"]) != 0 {
		return refuse(Decrypt, "the account's public key does not belong to its private key (WRAP-10)")
	}
	return nil
}
