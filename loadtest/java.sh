# Sourced by the commands here: builds unless told not to, then says where Java and the classes are.
# Takes build (true or false); sets java_home and class_path.
if $build || [[ ! -s target/java ]]; then
  echo "building"
  mvn -q -B -f ../pom.xml install -DskipTests
  mvn -q -B test-compile exec:exec -Dexec.classpathScope=test \
    -Dexec.args="-cp %classpath io.sluice.loadtest.WriteJava target/java"
fi
{ read -r java_home && read -r class_path; } <target/java
# This checkout's classes, whatever else is installed as the same version in the meantime.
class_path=$(cd .. && pwd)/target/classes:$class_path
