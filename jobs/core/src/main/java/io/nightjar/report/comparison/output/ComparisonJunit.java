package io.nightjar.report.comparison.output;

import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Sentence;
import io.nightjar.text.Addresses;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison as JUnit XML: a suite for each candidate, a case for each category and one for the
 * run as a whole; a case fails where the gate does not let it pass, with the sentence as message.
 */
public final class ComparisonJunit {
  /** Characters that XML 1.0 cannot hold. */
  private static final String NOT_XML = "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD]";

  private static final String SUITE = "nightjar compare";

  private ComparisonJunit() {}

  /** The document. */
  public static String write(ComparisonReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      for (int i = 0; i < report.comparisons().size(); i++) {
        suite(report.comparisons().get(i), report.outcomes().get(i), xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written to memory", e);
    }
    return Addresses.redacted(text + "\n");
  }

  private static void suite(RunComparison runs, Gate.Outcome outcome, XMLStreamWriter xml)
      throws XMLStreamException {
    int failures = outcome.byCategory().size() + (outcome.ofRun().isEmpty() ? 0 : 1);
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", SUITE + ": " + runs.candidate().uri(), xml);
    attribute("tests", String.valueOf(runs.categories().size() + 1), xml);
    attribute("failures", String.valueOf(failures), xml);
    attribute("errors", "0", xml);
    for (CategoryComparison category : runs.categories()) {
      List<String> reasons = outcome.byCategory().getOrDefault(category.category(), List.of());
      testCase(category.category(), description(category), reasons, xml);
    }
    testCase("the run", outcome.sentence(), outcome.ofRun(), xml);
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static String description(CategoryComparison category) {
    List<FigureComparison> deciding = category.deciding();
    return category.verdict().word()
        + (deciding.isEmpty() ? "" : ": ")
        + deciding.stream()
            .map(figure -> Sentence.change(figure, category.category()))
            .collect(Collectors.joining("; "));
  }

  private static void testCase(
      String name, String description, List<String> reasons, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testcase");
    attribute("classname", SUITE, xml);
    attribute("name", name, xml);
    if (!reasons.isEmpty()) {
      xml.writeStartElement("failure");
      attribute("message", String.join("; ", reasons), xml);
      attribute("type", "gate", xml);
      xml.writeEndElement();
    }
    xml.writeStartElement("system-out");
    xml.writeCharacters(description.replaceAll(NOT_XML, " "));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void attribute(String name, String value, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeAttribute(name, value.replaceAll(NOT_XML, " "));
  }
}
