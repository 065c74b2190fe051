package e2ee

// SYM_Link: the key of a group, encrypted to an account's public key by RSAES-OAEP with SHA-256 (6.5).

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"io"
	"math/big"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const publicExponent = 65537

// link is SYM_Link, 256 bytes, of a key of 32 bytes, with a fresh seed (LINK-01, LINK-02).
func (p Profile) link(to publicKey, key []byte) []byte {
	out, err := encryptOAEP(rand.Reader, to, p.keyPlaintext(key))
	if err != nil {
		panic(err) // Only for a plaintext that is too long, and both forms of a key fit.
	}
	return out
}

// encryptOAEP takes its seed of 32 bytes from the reader.
func encryptOAEP(seed io.Reader, to publicKey, plaintext []byte) ([]byte, error) {
	return rsa.EncryptOAEP(sha256.New(), seed, &rsa.PublicKey{N: to.n, E: publicExponent}, plaintext, nil)
}

// openLink takes a key of 32 bytes out of a link as it was received. It refuses what is not 512 hex digits at encoding, and
// whatever does not open to a key at decrypt, always in the same words (LINK-03, LINK-04).
func (p Profile) openLink(private privateKey, symLink string) ([]byte, error) {
	ciphertext, err := fromHex("SYM_Link", symLink, modulusBytes)
	if err != nil {
		return nil, err
	}
	plaintext, err := rsa.DecryptOAEP(sha256.New(), nil, private.rsa(), ciphertext, nil)
	if err != nil {
		return nil, refuse(Decrypt, "the link does not open with the account's private key (LINK-03)")
	}
	return p.openKey(plaintext)
}

func (k privateKey) rsa() *rsa.PrivateKey {
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: k.numbers["n"], E: publicExponent},
		D:         k.numbers["d"],
		Primes:    []*big.Int{k.numbers["p"], k.numbers["q"]},
	}
	key.Precompute()
	return key
}

// generateKeyPair makes an RSA key pair of 2048 bits with the exponent 65537 (KEY-04).
func generateKeyPair() (publicKey, privateKey) {
	key, err := rsa.GenerateKey(rand.Reader, modulusBits)
	if err != nil {
		panic(err) // Only where the system has no randomness.
	}
	numbers := map[string]*big.Int{
		"n": key.N, "d": key.D, "p": key.Primes[0], "q": key.Primes[1],
		"dp": key.Precomputed.Dp, "dq": key.Precomputed.Dq, "qi": key.Precomputed.Qinv,
	}
	return publicKey{key.N, rsaJWK(numbers, "encrypt", "n")},
		privateKey{numbers, rsaJWK(numbers, "decrypt", "n", "d", "p", "q", "dp", "dq", "qi")}
}

// rsaJWK is a JWK of exactly the members of 6.6, in alphabetical order (JWK-01).
func rsaJWK(numbers map[string]*big.Int, operation string, written ...string) *jsontext.Object {
	values := map[string]any{
		"alg": "RSA-OAEP-256", "e": exponent, "ext": true, "key_ops": []string{operation}, "kty": "RSA",
	}
	for _, member := range written {
		values[member] = toBase64url(numbers[member].Bytes())
	}
	object := jsontext.NewObject()
	for _, member := range []string{"alg", "d", "dp", "dq", "e", "ext", "key_ops", "kty", "n", "p", "q", "qi"} {
		if value, present := values[member]; present {
			object.Set(member, value)
		}
	}
	return object
}
