package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"strings"

	"golang.org/x/crypto/hkdf"
	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

const (
	iterations = 100_000
	groupBytes = 256
	tagBytes   = 16
)

// N and g are the group of RFC 5054 appendix A with 2048 bits (3.1).
var (
	N, _ = new(big.Int).SetString(
		"ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050a37329cbb4a099ed8193e0757767a13d"+
			"d52312ab4b03310dcd7f48a9da04fd50e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"+
			"55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773bca97b43a23fb801676bd207a436c6481"+
			"f1d2b9078717461a5b9d32e688f87748544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"+
			"af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb694b5c803d89f7ae435de236d525f5475"+
			"9b65e372fcd68ef20fa7111f9e4aff73", 16)
	g = big.NewInt(2)
)

// whiteSpace is what ECMAScript's trim removes (4.1).
const whiteSpace = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

func trim(text []byte) []byte  { return []byte(strings.Trim(string(text), whiteSpace)) }
func lower(text []byte) []byte { return []byte(cases.Lower(language.Und).String(string(text))) }
func nfkd(text []byte) []byte  { return norm.NFKD.Bytes(text) }

func integer(data []byte) *big.Int { return new(big.Int).SetBytes(data) }
func pad(number *big.Int) []byte   { return number.FillBytes(make([]byte, groupBytes)) }
func hexText(data []byte) []byte   { return []byte(hex.EncodeToString(data)) }
func hash(parts ...[]byte) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

func xor(left, right []byte) []byte {
	out := make([]byte, len(left))
	for i := range left {
		out[i] = left[i] ^ right[i]
	}
	return out
}

func boundSalt(v *values, in [][]byte) []byte {
	salt, email := in[0], in[1]
	if !v.documented {
		salt = hexText(salt)
	}
	out := make([]byte, 32)
	if _, err := io.ReadFull(hkdf.New(sha256.New, email, salt, nil), out); err != nil {
		panic(err)
	}
	return out
}

var derived = map[string][]byte{}

func passwordKey(_ *values, in [][]byte) []byte {
	id := string(in[0]) + "\x00" + string(in[1])
	if _, ok := derived[id]; !ok {
		derived[id] = pbkdf2.Key(in[0], in[1], iterations, 32, sha256.New)
	}
	return derived[id]
}

// percent is encodeURIComponent (6.1).
func percent(text []byte) []byte {
	const kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"
	var out strings.Builder
	for _, c := range text {
		if strings.IndexByte(kept, c) >= 0 {
			out.WriteByte(c)
		} else {
			out.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return []byte(out.String())
}

func keyPlaintext(v *values, in [][]byte) []byte {
	if v.documented {
		return in[0]
	}
	k := base64.RawURLEncoding.EncodeToString(in[0])
	return percent([]byte(`{"alg":"A256GCM","ext":true,"k":"` + k + `","key_ops":["encrypt","decrypt"],"kty":"oct"}`))
}

func jsonPlaintext(v *values, in [][]byte) []byte {
	if v.documented {
		return compactJSON(in[0])
	}
	return percent(compactJSON(in[0]))
}

func seal(_ *values, in [][]byte) []byte {
	block, err := aes.NewCipher(in[0])
	if err != nil {
		panic(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm.Seal(nil, in[1], in[2], nil)
}

func message(_ *values, in [][]byte) []byte {
	cut := len(in[1]) - tagBytes
	iv, t, d := hexText(in[0]), hexText(in[1][cut:]), hexText(in[1][:cut])
	return []byte(`{"iv":"` + string(iv) + `","t":"` + string(t) + `","d":"` + string(d) + `","ad":""}`)
}

// oaep is RSAES-OAEP with SHA-256, MGF1 with SHA-256, no label and this seed (RFC 8017, 7.1.1).
func oaep(_ *values, in [][]byte) []byte {
	var jwk struct{ N, E string }
	if err := json.Unmarshal(in[0], &jwk); err != nil {
		panic(err)
	}
	n, e := fromBase64url(jwk.N), fromBase64url(jwk.E)
	k, seed, plaintext := (n.BitLen()+7)/8, in[1], in[2]
	block := append(hash(), make([]byte, k-len(plaintext)-66)...)
	block = append(append(block, 1), plaintext...)
	masked := xor(block, mgf1(seed, len(block)))
	encoded := append(append([]byte{0}, xor(seed, mgf1(masked, len(seed)))...), masked...)
	return new(big.Int).Exp(integer(encoded), e, n).FillBytes(make([]byte, k))
}

func mgf1(seed []byte, length int) []byte {
	var out []byte
	for i := byte(0); len(out) < length; i++ {
		out = append(out, hash(seed, []byte{0, 0, 0, i})...)
	}
	return out[:length]
}

func fromBase64url(text string) *big.Int {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return integer(data)
}
