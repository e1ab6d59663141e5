package io.sluice.clients

import com.squareup.moshi.Moshi
import java.io.File
import java.lang.reflect.InvocationTargetException
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.full.declaredMemberFunctions
import kotlin.reflect.jvm.javaType

/*
 * Runs the clients that the generator makes for Kotlin: finds the method of an operation, makes its
 * arguments with the client's own adapters, leaves out what is not given, so that the client's
 * defaults count, and says what came of it.
 */
private class KotlinDriver(private val root: String, private val url: String) {
    private val plainMoshi = Moshi.Builder().build().adapter(Any::class.java).serializeNulls()
    private val moshi = Class.forName("$root.infrastructure.Serializer").let {
        it.getMethod("getMoshi").invoke(it.getField("INSTANCE").get(null)) as Moshi
    }

    fun call(line: String): String {
        val call = plainMoshi.fromJson(line) as Map<*, *>
        authorize(call["token"] as String)
        val type = Class.forName("$root.api.${className(call["tag"] as String)}").kotlin
        val method = type.declaredMemberFunctions.first { plain(it.name) == plain(call["operation"] as String) }
        return try {
            "{\"value\":${shown(method, method.callBy(arguments(type, method, call)))}}"
        } catch (e: InvocationTargetException) {
            failure(e.targetException)
        } catch (e: Exception) {
            failure(e)
        }
    }

    private fun authorize(token: String) {
        val companion = Class.forName("$root.infrastructure.ApiClient").getField("Companion").get(null)
        companion.javaClass.getMethod("setAccessToken", String::class.java).invoke(companion, token)
    }

    private fun arguments(type: kotlin.reflect.KClass<*>, method: KFunction<*>, call: Map<*, *>): Map<KParameter, Any?> {
        val declared = (call["declared"] as Map<*, *>).keys.map { it as String }
        val given = call["parameters"] as Map<*, *>
        val arguments = mutableMapOf<KParameter, Any?>()
        for (parameter in method.parameters) {
            if (parameter.kind == KParameter.Kind.INSTANCE) {
                arguments[parameter] = api(type)
                continue
            }
            val name = declared.firstOrNull { plain(it) == plain(parameter.name!!) }
            if (name == null && call.containsKey("body")) {
                arguments[parameter] = read(parameter, call["body"])
            } else if (name != null && given.containsKey(name)) {
                arguments[parameter] = read(parameter, given[name])
            }
        }
        return arguments
    }

    private fun api(type: kotlin.reflect.KClass<*>): Any {
        val constructor = type.constructors.first { it.parameters.any { p -> p.name == "basePath" } }
        return constructor.callBy(mapOf(constructor.parameters.first { it.name == "basePath" } to url))
    }

    private fun read(parameter: KParameter, value: Any?): Any? =
        moshi.adapter<Any>(parameter.type.javaType).fromJson(plainMoshi.toJson(value))

    private fun shown(method: KFunction<*>, value: Any?): String = when (value) {
        null, is Unit -> "null"
        is File -> plainMoshi.toJson(value.readText())
        else -> moshi.adapter<Any>(method.returnType.javaType).toJson(value)
    }

    private fun failure(thrown: Throwable): String {
        val status = thrown.javaClass.methods.firstOrNull { it.name == "getStatusCode" }?.invoke(thrown) as Int?
        return if (status != null && status >= 300) "{\"refused\":$status}"
        else "{\"failed\":${plainMoshi.toJson(thrown.toString())}}"
    }

    /* The class of a tag: "External Accounts" is in ExternalAccountsApi. */
    private fun className(tag: String) =
        tag.ifEmpty { "default" }.split(" ").joinToString("") { it.replaceFirstChar(Char::uppercase) } + "Api"

    private fun plain(name: String) = name.lowercase().filter(Char::isLetterOrDigit)
}

fun main(args: Array<String>) {
    val driver = KotlinDriver(args[0], args[1])
    generateSequence(::readLine).forEach { println("heard " + driver.call(it)) }
}
