# Sourced by the scripts next to it: the source tree, the line of Spark (NIGHTJAR_SPARK: 3.5, the default,
# 3.5-scala-2.13, 4.0 or 4.2), a Java that it can use, the JVM options it needs, and the build.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

line="${NIGHTJAR_SPARK:-3.5}"
scala=2.13
target_folder="target/spark-$line"
case "$line" in
  3.5) newest_java=17 scala=2.12 target_folder=target ;;
  3.5-scala-2.13) newest_java=17 ;;
  4.0) newest_java=21 ;;
  4.2) newest_java=25 ;;
  *) fail "NIGHTJAR_SPARK is $line; it must be 3.5, 3.5-scala-2.13, 4.0 or 4.2." ;;
esac
supported=17
[ $newest_java = 17 ] || supported="17 to $newest_java"

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" >/dev/null || fail "there is no Java here; install a JDK $supported or set JAVA_HOME."
# A JDK names itself in a file, which takes no start of a JVM; a wrapper around one has no such file.
release=$(cat "$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")/release" 2>/dev/null || true)
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' <<<"$release")
if [ -z "$version" ]; then
  release=$("$java" -version 2>&1)
  version=$(sed -n 's/.*version "\([0-9]*\).*/\1/p' <<<"$release" | head -n 1)
fi
{ [ "$version" -ge 17 ] && [ "$version" -le $newest_java ]; } 2>/dev/null ||
  fail "this is Java $version; Spark ${line%%-*} needs $supported. Install it or set JAVA_HOME."

# A JVM decodes the names of files by the locale, and only UTF-8 can express all of them.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
  export LC_ALL=C.UTF-8
fi

# Spark's own list for JDK 17.
flags=(
  -XX:+IgnoreUnrecognizedVMOptions
  -Djdk.reflect.useDirectMethodHandle=false
  -Djava.awt.headless=true
  # Ten times the JVM's own: a command ends before most methods that are called often have paid for their
  # optimisation; the loops over pixels and rows get there at once.
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000
  -Dlog4j2.configurationFile="$root/conf/log4j2.properties"
)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
  sun.security.action sun.util.calendar; do
  flags+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
flags+=(--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED)
# What Spark 4.2 adds, for newer ones.
if [ "$line" = 4.2 ]; then
  flags+=(--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)
fi

# build MODULE STAMP LOG MAVEN-ARGUMENTS... -- FILES...: builds the module where a file, or a folder whose
# entries changed, is newer than the last build.
build() {
  local module=$1 stamp=$2 log=$3 arguments=()
  shift 3
  while [ "$1" != -- ]; do
    arguments+=("$1")
    shift
  done
  shift
  if [ -f "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "there is no Maven here; install it (3.8 or newer) to build."
  echo "Building Nightjar (once; the log is ${log#"$root"/}) ..." >&2
  mkdir -p "$(dirname "$log")"
  # Files that change during the build are newer than the stamp.
  touch "$stamp.begun"
  if ! mvn -B -f "$root/pom.xml" -P"spark-$line" -pl "$module" -am "${arguments[@]}" >"$log" 2>&1; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
    fail "the build failed; see $log."
  fi
  mv "$stamp.begun" "$stamp"
}
