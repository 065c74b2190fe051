package e2ee

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const vectorFolder = "../../../../vectors"

// vector is one known answer, as spec/schemas/vector-file.schema.json has it.
type vector struct {
	profile                  Profile
	id, step, stage, mistake string
	valid                    bool
	inputs                   *jsontext.Object
	outputs, intermediates   *jsontext.Object
	exchange                 []any
}

func readVectors(t *testing.T) []vector {
	files, err := filepath.Glob(filepath.Join(vectorFolder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no vectors in", vectorFolder)
	}
	var out []vector
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsontext.Parse(text)
		if err != nil {
			t.Fatal(file, err)
		}
		for _, group := range items(value, "groups") {
			for _, entry := range items(group, "vectors") {
				out = append(out, vector{
					profile: Profile(textOf(group, "profile")), id: textOf(entry, "id"), step: textOf(entry, "step"),
					stage: textOf(entry, "stage"), mistake: textOf(entry, "mistake"), valid: textOf(entry, "result") == "valid",
					inputs: object(entry, "inputs"), outputs: object(entry, "outputs"),
					intermediates: object(entry, "intermediates"), exchange: items(entry, "exchange"),
				})
			}
		}
	}
	return out
}

func get(value any, name string) any {
	object, isObject := value.(*jsontext.Object)
	if !isObject {
		return nil
	}
	member, _ := object.Get(name)
	return member
}

func items(value any, name string) []any {
	list, _ := get(value, name).([]any)
	return list
}

func textOf(value any, name string) string {
	text, _ := get(value, name).(string)
	return text
}

func object(value any, name string) *jsontext.Object {
	object, _ := get(value, name).(*jsontext.Object)
	return object
}

// TestVectors holds the client to every vector of a step that it has a use for.
func TestVectors(t *testing.T) {
	counts := map[string]int{}
	for _, v := range readVectors(t) {
		if v.step == "log-in" || v.mistake != "" {
			continue
		}
		t.Run(v.id, func(t *testing.T) {
			t.Parallel()
			values, err := v.run()
			if err == ErrUnknownStep {
				return
			}
			if !v.valid {
				if string(stageOf(err)) != v.stage {
					t.Fatalf("it must be refused at %s, and came out as %v", v.stage, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range v.outputs.Names() {
				if got, wanted := textOf(values, name), textOf(v.outputs, name); got != wanted {
					t.Errorf("%s is %s, and must be %s", name, got, wanted)
				}
			}
		})
		counts[strings.SplitN(v.step, "-", 2)[0]]++
	}
	for _, kind := range []string{"derive", "accept", "open"} {
		if counts[kind] == 0 {
			t.Errorf("there was no vector that says %s", kind)
		}
	}
}

func (v vector) run() (*jsontext.Object, error) {
	if v.step == "derive" {
		return v.profile.Derive(v.inputs)
	}
	name, value, err := v.profile.Accept(v.step, v.inputs)
	return jsontext.NewObject(jsontext.Member{Name: name, Value: value}), err
}
