package e2ee

// Computing along the derivation graph, and taking values as they were received, for being held to the vectors.

import (
	"errors"
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// ErrUnknownStep is the answer to a step that a client has no use for, such as those of a server.
var ErrUnknownStep = errors.New("a client has no use for this step")

// Derive gives every value that follows from what is given, as hex by name. A given value takes the place of its own
// computation. It refuses text with half of a surrogate pair, and hex of another length than the value has, at encoding.
func (p Profile) Derive(given *jsontext.Object) (*jsontext.Object, error) {
	known := values{}
	for _, name := range given.Names() {
		value, _ := given.Get(name)
		bytes, err := bytesOf(name, value)
		if err != nil {
			return nil, err
		}
		known[name] = bytes
	}
	out := jsontext.NewObject()
	for _, node := range graph {
		if _, isGiven := given.Get(node.name); isGiven || node.only != "" && node.only != p || !known.haveAll(node.needs) {
			continue
		}
		value, err := node.compute(p, known)
		if err != nil {
			return nil, err
		}
		known[node.name] = value
		out.Set(node.name, toHex(value))
	}
	return out, nil
}

func (v values) haveAll(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, has := v[name]; return !has })
}

func bytesOf(name string, value any) ([]byte, error) {
	if slices.Contains(jsons, name) {
		return jsontext.Write(value), nil
	}
	text, isText := value.(string)
	if !isText {
		return nil, refuse(Schema, "%s must be text", name)
	}
	if slices.Contains(texts, name) {
		return []byte(text), nil
	}
	length, fixed := lengths[name]
	if !fixed {
		length = anyLength
	}
	return fromHex(name, text, length)
}

// Accept takes or opens one value as it was received, and gives it as hex by name (the steps of vectors/README.md). It
// refuses at the stage that the client would refuse at, and answers ErrUnknownStep for a step of a server.
func (p Profile) Accept(step string, given *jsontext.Object) (name string, value string, err error) {
	accept, known := steps[step]
	if !known {
		return "", "", ErrUnknownStep
	}
	name, bytes, err := accept(p, inputs{given})
	return name, toHex(bytes), err
}

var steps = map[string]func(Profile, inputs) (string, []byte, error){
	"accept-B": func(_ Profile, in inputs) (string, []byte, error) {
		B, err := acceptB(in.text("srpB"))
		return "srp.B", B, err
	},
	"accept-M2": func(_ Profile, in inputs) (string, []byte, error) {
		own := serverProof(in.held("srp.A"), in.held("srp.M1"), in.held("srp.K"))
		return "srp.M2", own, acceptM2(in.text("srpM2"), own)
	},
	"accept-public-key": func(_ Profile, in inputs) (string, []byte, error) {
		key, err := readPublicKey(in.text("publicKey"))
		return "PUB_Account", jsontext.Write(key.jwk), err
	},
	"accept-private-key": func(_ Profile, in inputs) (string, []byte, error) {
		key, err := readPrivateKey(in.json("PRV_Account"))
		return "PRV_Account", jsontext.Write(key.jwk), err
	},
	"accept-key-pair": func(_ Profile, in inputs) (string, []byte, error) {
		public, err := readPublicKey(in.text("publicKey"))
		if err != nil {
			return "", nil, err
		}
		private, err := readPrivateKey(in.json("PRV_Account"))
		if err != nil {
			return "", nil, err
		}
		return "PUB_Account", jsontext.Write(public.jwk), checkPair(public, private)
	},
	"open-account-key": func(p Profile, in inputs) (string, []byte, error) {
		key, err := p.openAccountKey(in.held("SEC_PWD_Enc"), in.text("encSymmetricKey"))
		return "SYM_Account", key, err
	},
	"open-private-key": func(p Profile, in inputs) (string, []byte, error) {
		key, err := p.openPrivateKey(in.held("SYM_Account"), in.text("encPrivateKey"))
		return "PRV_Account", jsontext.Write(key.jwk), err
	},
	"open-document": func(p Profile, in inputs) (string, []byte, error) {
		document, err := p.openDocument(in.held("SYM_ResourceGroup"), in.text("encContent"))
		return "M_Resource", jsontext.Write(document), err
	},
	"open-link": func(p Profile, in inputs) (string, []byte, error) {
		private, err := readPrivateKey(in.json("PRV_Account"))
		if err != nil {
			return "", nil, err
		}
		key, err := p.openLink(private, in.text("SYM_Link"))
		return "SYM_ResourceGroup", key, err
	},
}

// inputs are those of a step: held values are well-formed, received ones may be anything.
type inputs struct{ given *jsontext.Object }

func (in inputs) json(name string) any {
	value, _ := in.given.Get(name)
	return value
}

func (in inputs) text(name string) string {
	text, _ := in.json(name).(string)
	return text
}

func (in inputs) held(name string) []byte {
	bytes, _ := bytesOf(name, in.text(name))
	return bytes
}
