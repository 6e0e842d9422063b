/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of everything that can be called. */
#include "call.h"

#include "global.h"

#include <string.h>

bool call_next_parameter(const char **at, parameter_t *parameter)
{
    const char *end;

    if (!**at) {
        return false;
    }
    parameter->has_name = **at != '/';
    parameter->name = end = *at + !parameter->has_name;
    while (*end && *end != ',' && *end != '=') {
        end++;
    }
    parameter->length = (size_t)(end - parameter->name);
    parameter->optional = *end == '=';
    end += parameter->optional;
    *at = end + (*end == ',');
    return true;
}

bool call_is_parameter(const parameter_t *parameter, const char *name)
{
    return parameter->has_name && strlen(name) == parameter->length &&
           memcmp(name, parameter->name, parameter->length) == 0;
}

/* Takes a named argument out of the call; VALUE_MISSING if it is not there. */
static value_t take_named(call_t *call, const parameter_t *parameter)
{
    for (unsigned int i = 0; i < call->named_count; i++) {
        if (call_is_parameter(parameter, call->names[i])) {
            value_t value = call->named[i];
            call->named_count--;
            call->names[i] = call->names[call->named_count];
            call->named[i] = call->named[call->named_count];
            return value;
        }
    }
    return value_missing();
}

template_error_t *call_bind(call_t *call, const char *parameters, value_t *values)
{
    unsigned int index = 0;
    parameter_t parameter;

    while (call_next_parameter(&parameters, &parameter)) {
        value_t named = take_named(call, &parameter);
        if (index < call->count) {
            if (named.kind != VALUE_MISSING) {
                return render_fail(call->render, "%s: '%.*s' is given twice", call->callee,
                                   (int)parameter.length, parameter.name);
            }
            named = call->positional[index];
        }
        if (named.kind == VALUE_MISSING && !parameter.optional) {
            return render_fail(call->render, "%s: '%.*s' is not given", call->callee,
                               (int)parameter.length, parameter.name);
        }
        values[index++] = named;
    }
    if (call->count > index) {
        return render_fail(call->render, "%s: too many arguments", call->callee);
    }
    if (call->named_count > 0) {
        return render_fail(call->render, "%s: there is no argument '%s'", call->callee,
                           call->names[0]);
    }
    return NULL;
}

const method_entry_t *call_find(const method_entry_t *table, value_t name)
{
    if (name.kind != VALUE_STRING || name.length == 0) {
        return NULL;
    }
    for (; table->name; table++) {
        if (table->name[0] == name.as.text[0] && value_equals_string(name, table->name)) {
            return table;
        }
    }
    return NULL;
}

template_error_t *call_bound(render_t *render, const method_entry_t *table, value_t object,
                             value_t name, value_t *result)
{
    const method_entry_t *entry = call_find(table, name);
    method_t *method;

    if (!entry) {
        return NULL;
    }
    if (!entry->function) {
        return render_fail(render, "the attribute '%s' of %s is not supported", entry->name,
                           value_type(object));
    }
    method = heap_alloc(&render->heap, sizeof(*method));
    method->entry = entry;
    method->object = object;
    *result = (value_t){.kind = VALUE_METHOD, .as.method = method};
    return NULL;
}

template_error_t *call_method(render_t *render, value_t object, value_t name, value_t *result)
{
    switch (object.kind) {
    case VALUE_STRING:
        TRY(call_bound(render, method_texts, object, name, result));
        return result->kind == VALUE_MISSING
                   ? call_bound(render, method_words, object, name, result)
                   : NULL;
    case VALUE_ARRAY:
    case VALUE_LIST:
        return call_bound(render, method_lists, object, name, result);
    case VALUE_TUPLE:
        return call_bound(render, method_tuples, object, name, result);
    case VALUE_OBJECT:
    case VALUE_DICT:
        return call_bound(render, method_dicts, object, name, result);
    case VALUE_INT:
    case VALUE_BOOL:
        return call_bound(render, method_integers, object, name, result);
    case VALUE_FLOAT:
        return call_bound(render, method_floats, object, name, result);
    default:
        return NULL;
    }
}

static template_error_t *call_bound_method(call_t *call, const method_t *method, value_t *result)
{
    value_t values[METHOD_PARAMETERS];

    render_charge(call->render, method->object);
    call->object = method->object;
    call->callee = method->entry->name;
    if (method->entry->parameters) {
        TRY(call_bind(call, method->entry->parameters, values));
    }
    return method->entry->function(call, values, result);
}

static template_error_t *call_block(call_t *call, const block_reference_t *block, value_t *result)
{
    render_t *render = call->render;
    output_t *outer = render->output;
    output_t captured;
    template_error_t *error;
    value_t none[1];

    call->callee = block->name;
    TRY(call_bind(call, "", none));
    output_to_text(&captured, &render->heap);
    render->output = &captured;
    error = execute_block(render, block->chain, block->context);
    render->output = outer;
    *result = value_built(&captured.captured, *block->context->autoescape);
    return error;
}

template_error_t *call_value(call_t *call, value_t callee, value_t *result)
{
    value_t none[1];

    switch (callee.kind) {
    case VALUE_MACRO:
        return macro_call(call, callee.as.macro, result);
    case VALUE_METHOD:
        return call_bound_method(call, callee.as.method, result);
    case VALUE_FUNCTION:
        return global_call(call, callee, result);
    case VALUE_LOOP:
        return loop_call(call, callee, result);
    case VALUE_BLOCK:
        return call_block(call, callee.as.block, result);
    case VALUE_JOINER:
        call->callee = "joiner";
        TRY(call_bind(call, "", none));
        *result = global_join(callee.as.joiner);
        return NULL;
    case VALUE_UNDEFINED:
        return operate_undefined(call->render, callee);
    default:
        return render_fail(call->render, "a value of type %s cannot be called", value_type(callee));
    }
}
