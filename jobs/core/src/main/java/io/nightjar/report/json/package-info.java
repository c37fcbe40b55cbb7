/** Reports as JSON documents, and back. */
package io.nightjar.report.json;
