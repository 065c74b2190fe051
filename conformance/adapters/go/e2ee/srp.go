package e2ee

// SRP-6a over the 2048-bit group of RFC 5054 with SHA-256 (chapter 5), the side of the client.

import (
	"crypto/subtle"
	"math/big"
)

// groupBytes is the length of every group element.
const groupBytes = 256

var (
	groupN, _ = new(big.Int).SetString(""+
		"ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050"+
		"a37329cbb4a099ed8193e0757767a13dd52312ab4b03310dcd7f48a9da04fd50"+
		"e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"+
		"55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773b"+
		"ca97b43a23fb801676bd207a436c6481f1d2b9078717461a5b9d32e688f87748"+
		"544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"+
		"af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb6"+
		"94b5c803d89f7ae435de236d525f54759b65e372fcd68ef20fa7111f9e4aff73", 16)
	groupG = big.NewInt(2)
)

// pad writes a number below N as 256 bytes (SRP-02).
func pad(n *big.Int) []byte { return n.FillBytes(make([]byte, groupBytes)) }

func integer(bytes []byte) *big.Int { return new(big.Int).SetBytes(bytes) }

func powerOfG(exponent *big.Int) *big.Int { return new(big.Int).Exp(groupG, exponent, groupN) }

func innerHash(identity, password []byte) []byte {
	// inner = SHA-256(I | UTF8(":") | P)
	return hash(identity, []byte(":"), password)
}

// privateKey is x, 32 bytes, from the normalised email, SEC_PWD_Auth and SLT_Auth_2 (SRP-09).
func (p Profile) privateKey(email string, secPwdAuth, saltAuth []byte) []byte {
	// x = SHA-256(SLT_Auth_2 | inner)
	return hash(saltAuth, innerHash([]byte(email), p.srpPassword(secPwdAuth)))
}

// verifierOf is SRP_Verifier, 256 bytes (SRP-10).
func verifierOf(x []byte) []byte { return pad(powerOfG(integer(x))) }

// publicEphemeral is A, 256 bytes, of a secret a (SRP-13).
func publicEphemeral(a []byte) []byte { return pad(powerOfG(integer(a))) }

// acceptB takes the server's B, 256 bytes. It refuses what is not 512 hex digits at encoding, and a value that is zero
// modulo N or not below N at auth (SRP-19 to SRP-21).
func acceptB(srpB string) ([]byte, error) {
	B, err := fromHex("srpB", srpB, groupBytes)
	if err != nil {
		return nil, err
	}
	n := integer(B)
	if new(big.Int).Mod(n, groupN).Sign() == 0 {
		return nil, refuse(Auth, "the server's B is zero modulo N: this server must not be trusted (SRP-19)")
	}
	if n.Cmp(groupN) >= 0 {
		return nil, refuse(Auth, "the server's B is not below N (SRP-20)")
	}
	return B, nil
}

func scrambling(A, B []byte) []byte {
	// u = SHA-256(A | B)
	return hash(A, B)
}

// premaster is S, 256 bytes (SRP-24).
func (p Profile) premaster(a, x, u, B []byte) []byte {
	// S = (B − k · g^x)^(a + u · x) mod N
	base := new(big.Int).Mul(integer(p.multiplier()), powerOfG(integer(x)))
	base.Mod(base.Sub(integer(B), base), groupN)
	exponent := new(big.Int).Mul(integer(u), integer(x))
	exponent.Add(exponent, integer(a))
	return pad(base.Exp(base, exponent, groupN))
}

func serverProof(A, M1, K []byte) []byte {
	// M2 = SHA-256(A | M1 | K)
	return hash(A, M1, K)
}

// acceptM2 compares the server's proof with the client's own (SRP-31, SRP-33).
func acceptM2(srpM2 string, own []byte) error {
	M2, err := fromHex("srpM2", srpM2, proofBytes)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(M2, own) != 1 {
		return refuse(Auth, "the server's proof M2 is wrong: it does not hold the verifier of this account (SRP-31)")
	}
	return nil
}

// loginProof is what a client holds between login-a and the answer to login-m1.
type loginProof struct{ K, M1, M2 []byte }

// prove computes K, M1 and M2, 32 bytes each, from the accepted B; it refuses u = 0 at auth (SRP-23).
func (p Profile) prove(email string, x, saltAuth, a, A, B []byte) (loginProof, error) {
	u := scrambling(A, B)
	if integer(u).Sign() == 0 {
		return loginProof{}, refuse(Auth, "u is zero: log in again (SRP-23)")
	}
	S := p.premaster(a, x, u, B)
	K := hash(S)
	M1 := p.clientProof([]byte(email), saltAuth, A, B, S)
	return loginProof{K, M1, serverProof(A, M1, K)}, nil
}
