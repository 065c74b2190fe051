// Package jsontext reads and writes JSON as chapter 6.1 has it: the compact text that ECMAScript JSON.stringify writes,
// members in the order in which they came, no member twice.
//
// A value is nil, a bool, a Number, a string, a []any or an *Object. A string holds UTF-8; half of a surrogate pair,
// which only an escape can bring in, is held as the three bytes that UTF-8 does not allow, so that whoever needs
// well-formed text asks utf8.ValidString.
package jsontext

// Number is a number as it was written.
type Number string

// Object is a JSON object. Its members keep their order.
type Object struct {
	names  []string
	values map[string]any
}

// Member is a name and its value.
type Member struct {
	Name  string
	Value any
}

// NewObject makes an object of these members, in this order.
func NewObject(members ...Member) *Object {
	object := &Object{values: make(map[string]any, len(members))}
	for _, member := range members {
		object.Set(member.Name, member.Value)
	}
	return object
}

// Set puts a member at the end, or gives one that is there another value.
func (o *Object) Set(name string, value any) {
	if _, present := o.values[name]; !present {
		o.names = append(o.names, name)
	}
	o.values[name] = value
}

// Get gives the value of a member, and whether there is one.
func (o *Object) Get(name string) (any, bool) {
	value, present := o.values[name]
	return value, present
}

// Names are the names of the members, in their order.
func (o *Object) Names() []string { return o.names }
