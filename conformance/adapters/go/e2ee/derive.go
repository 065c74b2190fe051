package e2ee

// The derivation graph (3.6), for being held to the vectors: every value that follows from given ones.

import (
	"bytes"
	"math/big"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// texts are the values that are text, jsons those that are JSON, and lengths the bytes of those that are bytes and fixed.
var (
	texts   = []string{"email", "passphrase", "normalized.email", "normalized.passphrase", "encSymmetricKey", "encPrivateKey", "encContent"}
	jsons   = []string{"PUB_Account", "PRV_Account", "M_Resource"}
	lengths = map[string]int{
		"SLT_Auth_1": saltBytes, "SLT_Auth_2": saltBytes, "SLT_Enc": saltBytes, "SYM_Account": keyBytes, "SYM_ResourceGroup": keyBytes,
		"SEC_PWD_Auth": keyBytes, "SEC_PWD_Enc": keyBytes, "SRP_Verifier": groupBytes, "srp.A": groupBytes, "srp.B": groupBytes,
		"srp.S": groupBytes, "srp.S_server": groupBytes, "srp.K": keyBytes, "encSymmetricKey.iv": ivBytes, "encPrivateKey.iv": ivBytes,
		"encContent.iv": ivBytes,
	}
)

// node is a value of the graph: what it is computed from, and how.
type node struct {
	name    string
	needs   []string
	compute func(p Profile, v values) ([]byte, error)
	only    Profile
}

// values are the known ones by name, bytes as they are, text and compact JSON as UTF-8.
type values map[string][]byte

func pure(compute func(p Profile, v values) []byte) func(Profile, values) ([]byte, error) {
	return func(p Profile, v values) ([]byte, error) { return compute(p, v), nil }
}

// graph lists the nodes so that what one needs stands before it.
var graph = []node{
	{"normalized.email", []string{"email"}, func(_ Profile, v values) ([]byte, error) {
		text, err := NormalizeEmail(string(v["email"]))
		return []byte(text), err
	}, ""},
	{"normalized.passphrase", []string{"passphrase"}, func(_ Profile, v values) ([]byte, error) {
		text, err := NormalizePassphrase(string(v["passphrase"]))
		return []byte(text), err
	}, ""},
	{"SLT_TMP_1", []string{"SLT_Auth_1", "normalized.email"}, pure(func(p Profile, v values) []byte {
		return p.emailBoundSalt(v["SLT_Auth_1"], string(v["normalized.email"]))
	}), ""},
	{"SLT_TMP_2", []string{"SLT_Enc", "normalized.email"}, pure(func(p Profile, v values) []byte {
		return p.emailBoundSalt(v["SLT_Enc"], string(v["normalized.email"]))
	}), ""},
	{"SEC_PWD_Auth", []string{"SLT_TMP_1", "normalized.passphrase"}, pure(func(_ Profile, v values) []byte {
		return passwordKey(string(v["normalized.passphrase"]), v["SLT_TMP_1"])
	}), ""},
	{"SEC_PWD_Enc", []string{"SLT_TMP_2", "normalized.passphrase"}, pure(func(_ Profile, v values) []byte {
		return passwordKey(string(v["normalized.passphrase"]), v["SLT_TMP_2"])
	}), ""},
	{"srp.I", []string{"normalized.email"}, pure(func(_ Profile, v values) []byte { return v["normalized.email"] }), ""},
	{"srp.P", []string{"SEC_PWD_Auth"}, pure(func(p Profile, v values) []byte { return p.srpPassword(v["SEC_PWD_Auth"]) }), ""},
	{"srp.inner", []string{"srp.I", "srp.P"}, pure(func(_ Profile, v values) []byte { return innerHash(v["srp.I"], v["srp.P"]) }), ""},
	{"srp.x", []string{"SLT_Auth_2", "srp.inner"}, pure(func(_ Profile, v values) []byte { return hash(v["SLT_Auth_2"], v["srp.inner"]) }), ""},
	{"SRP_Verifier", []string{"srp.x"}, pure(func(_ Profile, v values) []byte { return verifierOf(v["srp.x"]) }), ""},
	{"srp.k", nil, pure(func(p Profile, _ values) []byte { return p.multiplier() }), ""},
	{"srp.A", []string{"a"}, pure(func(_ Profile, v values) []byte { return publicEphemeral(v["a"]) }), ""},
	{"srp.B", []string{"SRP_Verifier", "b", "srp.k"}, pure(func(_ Profile, v values) []byte {
		// B = PAD((k · SRP_Verifier + g^b) mod N, 256)
		sum := new(big.Int).Mul(integer(v["srp.k"]), integer(v["SRP_Verifier"]))
		return pad(sum.Mod(sum.Add(sum, powerOfG(integer(v["b"]))), groupN))
	}), ""},
	{"srp.u", []string{"srp.A", "srp.B"}, pure(func(_ Profile, v values) []byte { return scrambling(v["srp.A"], v["srp.B"]) }), ""},
	{"srp.S", []string{"srp.B", "srp.x", "a", "srp.u"}, pure(func(p Profile, v values) []byte {
		return p.premaster(v["a"], v["srp.x"], v["srp.u"], v["srp.B"])
	}), ""},
	{"srp.S_server", []string{"srp.A", "SRP_Verifier", "srp.u", "b"}, pure(func(_ Profile, v values) []byte {
		// S_server = PAD((A · SRP_Verifier^u)^b mod N, 256)
		base := new(big.Int).Exp(integer(v["SRP_Verifier"]), integer(v["srp.u"]), groupN)
		base.Mul(base, integer(v["srp.A"]))
		return pad(base.Exp(base, integer(v["b"]), groupN))
	}), ""},
	{"srp.K", []string{"srp.S"}, pure(func(_ Profile, v values) []byte { return hash(v["srp.S"]) }), ""},
	{"srp.H_N_xor_H_g", nil, pure(func(Profile, values) []byte { return hashNxorHashG() }), Documented},
	{"srp.H_I", []string{"srp.I"}, pure(func(_ Profile, v values) []byte { return hash(v["srp.I"]) }), Documented},
	{"srp.M1", []string{"srp.I", "SLT_Auth_2", "srp.A", "srp.B", "srp.S"}, pure(clientProofOf), Documented},
	{"srp.M1", []string{"srp.A", "srp.B", "srp.S"}, pure(clientProofOf), Deployed},
	{"srp.M2", []string{"srp.A", "srp.M1", "srp.K"}, pure(func(_ Profile, v values) []byte {
		return serverProof(v["srp.A"], v["srp.M1"], v["srp.K"])
	}), ""},
	{"session.id", []string{"srp.K"}, pure(func(_ Profile, v values) []byte { return v["srp.K"] }), ""},
	{"encSymmetricKey.plaintext", []string{"SYM_Account"}, pure(func(p Profile, v values) []byte { return p.keyPlaintext(v["SYM_Account"]) }), ""},
	sealedNode("encSymmetricKey", "SEC_PWD_Enc"), messageNode("encSymmetricKey"),
	jsonPlaintextNode("encPrivateKey", "PRV_Account"), sealedNode("encPrivateKey", "SYM_Account"), messageNode("encPrivateKey"),
	jsonPlaintextNode("encContent", "M_Resource"), sealedNode("encContent", "SYM_ResourceGroup"), messageNode("encContent"),
	{"SYM_Link.plaintext", []string{"SYM_ResourceGroup"}, pure(func(p Profile, v values) []byte { return p.keyPlaintext(v["SYM_ResourceGroup"]) }), ""},
	{"SYM_Link", []string{"SYM_Link.plaintext", "PUB_Account", "SYM_Link.seed"}, func(_ Profile, v values) ([]byte, error) {
		to, err := readPublicKey(string(v["PUB_Account"]))
		if err != nil {
			return nil, err
		}
		return encryptOAEP(bytes.NewReader(v["SYM_Link.seed"]), to, v["SYM_Link.plaintext"])
	}, ""},
}

func clientProofOf(p Profile, v values) []byte {
	return p.clientProof(v["srp.I"], v["SLT_Auth_2"], v["srp.A"], v["srp.B"], v["srp.S"])
}

func jsonPlaintextNode(name, of string) node {
	return node{name + ".plaintext", []string{of}, func(p Profile, v values) ([]byte, error) {
		value, err := jsontext.Parse(v[of])
		if err != nil {
			return nil, refuse(Encoding, "%s is %s", of, err)
		}
		return p.jsonPlaintext(value), nil
	}, ""}
}

func sealedNode(name, key string) node {
	needs := []string{key, name + ".iv", name + ".plaintext"}
	return node{name + ".sealed", needs, pure(func(_ Profile, v values) []byte {
		return sealed(v[key], v[name+".iv"], v[name+".plaintext"])
	}), ""}
}

func messageNode(name string) node {
	return node{name, []string{name + ".iv", name + ".sealed"}, pure(func(_ Profile, v values) []byte {
		return []byte(message(v[name+".iv"], v[name+".sealed"]))
	}), ""}
}
