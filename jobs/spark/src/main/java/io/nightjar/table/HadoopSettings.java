package io.nightjar.table;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Settings of file systems. Spark hands those that begin with {@code spark.hadoop.} to every task
 * by itself, keys among them; a client need not know them, and newer servers do not give it those
 * that are secret. What was set in a session without that prefix goes with the function.
 */
final class HadoopSettings {
  private static final String SPARK = "spark.hadoop.";
  private static final String FILE_SYSTEMS = "fs.";

  private HadoopSettings() {}

  /** Those of a session that Spark does not hand to tasks. */
  static Map<String, String> of(SparkSession session) {
    Map<String, String> found = new TreeMap<>();
    Iterator<Tuple2<String, String>> settings = session.conf().getAll().iterator();
    while (settings.hasNext()) {
      Tuple2<String, String> setting = settings.next();
      if (setting._1().startsWith(FILE_SYSTEMS)) {
        found.put(setting._1(), setting._2());
      }
    }
    return found;
  }

  /**
   * The configuration of a task: that of its class path, with what the cluster sets, with what was
   * set in the session.
   */
  static Configuration inTask(Map<String, String> ofSession) {
    Configuration configuration = new Configuration();
    TaskScope.properties()
        .forEach(
            (name, value) -> {
              if (name.startsWith(SPARK)) {
                configuration.set(name.substring(SPARK.length()), value);
              }
            });
    ofSession.forEach(configuration::set);
    return configuration;
  }
}
