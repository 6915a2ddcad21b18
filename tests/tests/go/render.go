// Reads JSON documents, one per line, and renders each as an HTTP API does: decoded by encoding/json, with
// numbers as float64 and as json.Number, and printed by fmt. It writes one line per document: a JSON array
// of both texts, or null if Go does not decode the document.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

func render(document []byte, keepNumbers bool) *string {
	decoder := json.NewDecoder(bytes.NewReader(document))
	if keepNumbers {
		decoder.UseNumber()
	}
	var value interface{}
	if err := decoder.Decode(&value); err != nil {
		return nil
	}
	text := fmt.Sprint(value)
	return &text
}

func main() {
	documents := bufio.NewScanner(os.Stdin)
	documents.Buffer(nil, 1<<24)
	answers := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(answers)
	for documents.Scan() {
		document := documents.Bytes()
		if err := encoder.Encode([]*string{render(document, false), render(document, true)}); err != nil {
			panic(err)
		}
	}
	if err := documents.Err(); err != nil {
		panic(err)
	}
	if err := answers.Flush(); err != nil {
		panic(err)
	}
}
