package main

import "math/big"

var documentedOnly = []string{"srp.H_N_xor_H_g", "srp.H_I"}

// formulas are those of chapters 4 to 6, by the names of the derivation graph. It is filled in init, because formulas
// refer to each other by way of values.get.
var formulas map[string]formula

func init() {
	formulas = map[string]formula{
		// 4.1
		"normalized.email":      from(func(_ *values, in [][]byte) []byte { return lower(trim(in[0])) }, "email"),
		"normalized.passphrase": from(func(_ *values, in [][]byte) []byte { return nfkd(trim(in[0])) }, "passphrase"),
		// 4.2, 4.3
		"SLT_TMP_1":    from(boundSalt, "SLT_Auth_1", "srp.I"),
		"SLT_TMP_2":    from(boundSalt, "SLT_Enc", "srp.I"),
		"SEC_PWD_Auth": from(passwordKey, "normalized.passphrase", "SLT_TMP_1"),
		"SEC_PWD_Enc":  from(passwordKey, "normalized.passphrase", "SLT_TMP_2"),
		// 5.1 to 5.3
		"srp.k":        from(multiplier),
		"srp.I":        from(same, "normalized.email"),
		"srp.P":        from(srpPassword, "SEC_PWD_Auth"),
		"srp.inner":    from(func(_ *values, in [][]byte) []byte { return hash(in[0], []byte(":"), in[1]) }, "srp.I", "srp.P"),
		"srp.x":        from(hashed, "SLT_Auth_2", "srp.inner"),
		"SRP_Verifier": from(powerOfG, "srp.x"),
		"srp.A":        from(powerOfG, "a"),
		"srp.B":        from(serverEphemeral, "srp.k", "SRP_Verifier", "b"),
		// 5.4
		"srp.u":        from(hashed, "srp.A", "srp.B"),
		"srp.S":        from(clientSecret, "srp.B", "srp.k", "srp.x", "a", "srp.u"),
		"srp.S_server": from(serverSecret, "srp.A", "SRP_Verifier", "srp.u", "b"),
		// 5.5, 5.6
		"srp.K":           from(hashed, "srp.S"),
		"srp.H_N_xor_H_g": from(func(_ *values, _ [][]byte) []byte { return xor(hash(N.Bytes()), hash(g.Bytes())) }),
		"srp.H_I":         from(hashed, "srp.I"),
		"srp.M1":          clientProof,
		"srp.M2":          from(hashed, "srp.A", "srp.M1", "srp.K"),
		"session.id":      from(same, "srp.K"),
		// 6.3
		"encSymmetricKey.plaintext": from(keyPlaintext, "SYM_Account"),
		"encPrivateKey.plaintext":   from(jsonPlaintext, "PRV_Account"),
		"encContent.plaintext":      from(jsonPlaintext, "M_Resource"),
		"SYM_Link.plaintext":        from(keyPlaintext, "SYM_ResourceGroup"),
		// 6.2, 6.4
		"encSymmetricKey.sealed": from(seal, "SEC_PWD_Enc", "encSymmetricKey.iv", "encSymmetricKey.plaintext"),
		"encPrivateKey.sealed":   from(seal, "SYM_Account", "encPrivateKey.iv", "encPrivateKey.plaintext"),
		"encContent.sealed":      from(seal, "SYM_ResourceGroup", "encContent.iv", "encContent.plaintext"),
		"encSymmetricKey":        from(message, "encSymmetricKey.iv", "encSymmetricKey.sealed"),
		"encPrivateKey":          from(message, "encPrivateKey.iv", "encPrivateKey.sealed"),
		"encContent":             from(message, "encContent.iv", "encContent.sealed"),
		// 6.5
		"SYM_Link": from(oaep, "PUB_Account", "SYM_Link.seed", "SYM_Link.plaintext"),
	}
}

func same(_ *values, in [][]byte) []byte   { return in[0] }
func hashed(_ *values, in [][]byte) []byte { return hash(in...) }

func srpPassword(v *values, in [][]byte) []byte {
	if v.documented {
		return hexText(in[0])
	}
	return in[0]
}

func multiplier(v *values, _ [][]byte) []byte {
	if v.documented {
		return hash(N.Bytes(), g.Bytes())
	}
	return hash(N.Bytes(), pad(g))
}

func powerOfG(_ *values, in [][]byte) []byte { return pad(new(big.Int).Exp(g, integer(in[0]), N)) }

// B = (k v + g^b) mod N
func serverEphemeral(_ *values, in [][]byte) []byte {
	B := new(big.Int).Mul(integer(in[0]), integer(in[1]))
	B.Add(B, new(big.Int).Exp(g, integer(in[2]), N))
	return pad(B.Mod(B, N))
}

// S = (B - k g^x)^(a + u x) mod N
func clientSecret(_ *values, in [][]byte) []byte {
	B, k, x, a, u := integer(in[0]), integer(in[1]), integer(in[2]), integer(in[3]), integer(in[4])
	base := new(big.Int).Sub(B, new(big.Int).Mul(k, new(big.Int).Exp(g, x, N)))
	return pad(new(big.Int).Exp(base.Mod(base, N), a.Add(a, u.Mul(u, x)), N))
}

// S = (A v^u)^b mod N
func serverSecret(_ *values, in [][]byte) []byte {
	A, v, u, b := integer(in[0]), integer(in[1]), integer(in[2]), integer(in[3])
	base := new(big.Int).Mul(A, new(big.Int).Exp(v, u, N))
	return pad(new(big.Int).Exp(base.Mod(base, N), b, N))
}

func clientProof(v *values) ([]byte, bool) {
	if v.documented {
		return from(hashed, "srp.H_N_xor_H_g", "srp.H_I", "SLT_Auth_2", "srp.A", "srp.B", "srp.K")(v)
	}
	return from(hashed, "srp.A", "srp.B", "srp.S")(v)
}
