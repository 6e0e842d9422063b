/* Makes the pages quicker; each of them is complete without it. */
(function () {
  'use strict';

  var all = function (selector, within) {
    return Array.from((within || document).querySelectorAll(selector));
  };

  document.documentElement.classList.add('js');

  /* As the macro `money` of configure.html. */
  function money(amount) {
    var cents = amount.toFixed(2);
    var text = amount % 1 === 0 ? amount.toFixed(0) : Number(cents) === amount ? cents : String(amount);
    return '$' + text.replace(/^\d+/, function (whole) {
      return whole.replace(/\B(?=(\d{3})+$)/g, ',');
    });
  }

  /* What a plan costs in a region: null if nobody knows. */
  function price(radio, region) {
    var own = all('[data-region]', radio.parentNode).find(function (other) {
      return other.dataset.region === region;
    });
    var source = (own || radio).dataset;
    return source.monthly ? { monthly: Number(source.monthly), hourly: Number(source.hourly) } : null;
  }

  function chosenText(select) {
    var option = select.selectedOptions[0];
    return option && option.value ? option.textContent.trim() : '';
  }

  function order(form) {
    var region = form.elements.region;
    var image = form.elements.distribution;
    var radios = all('input[name=type]', form);
    var note = form.querySelector('[data-prices]');

    function slip(name, text) {
      all('[data-slip=' + name + ']', form).forEach(function (place) {
        place.textContent = text || place.dataset.none || '—';
      });
    }

    function showPlans() {
      radios.forEach(function (radio) {
        var now = price(radio, region.value);
        if (now) {
          radio.parentNode.querySelector('[data-m]').textContent = money(now.monthly);
          radio.parentNode.querySelector('[data-h]').textContent = money(now.hourly);
        }
      });
      all('[data-from]', form).forEach(function (place) {
        var prices = all('input[name=type]', place.closest('details')).map(function (radio) {
          return price(radio, region.value);
        }).filter(Boolean);
        place.textContent = money(Math.min.apply(null, prices.map(function (each) { return each.monthly; })));
      });
      if (region.value) {
        note.textContent = note.dataset.prices + chosenText(region);
      }
    }

    function showOrder() {
      var radio = radios.find(function (each) { return each.checked; });
      var now = radio && price(radio, region.value);
      slip('region', chosenText(region));
      slip('image', image && (image.type === 'hidden'
        ? form.querySelector('[data-image]').textContent : chosenText(image)));
      slip('plan', radio && radio.parentNode.querySelector('b').textContent);
      slip('monthly', now && money(now.monthly));
      slip('hourly', now && money(now.hourly));
      form.querySelector('[data-priced]').hidden = !now;
    }

    function update() {
      showPlans();
      showOrder();
    }

    all('[data-before]', form).forEach(function (part) { part.hidden = true; });
    all('[data-after]', form).forEach(function (part) { part.hidden = false; });
    form.addEventListener('change', update);
    window.addEventListener('pageshow', update);
    update();
  }

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copy(button) {
    var source = document.getElementById(button.dataset.copy);
    var status = document.querySelector('[data-copied]');
    var said = button.firstChild;
    var before = said.data;

    function done() {
      status.textContent = said.data = status.dataset.copied;
      button.disabled = true;
      setTimeout(function () {
        said.data = before;
        status.textContent = '';
        button.disabled = false;
      }, 1500);
    }

    function byHand() {
      select(source);
      if (document.execCommand('copy')) {
        done();
      }
    }

    if (navigator.clipboard) {
      navigator.clipboard.writeText(source.textContent).then(done, byHand);
    } else {
      byHand();
    }
  }

  all('form[data-order]').forEach(order);
  all('[data-copy]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { copy(button); });
  });
  all('[autofocus]').forEach(function (element) { element.focus(); });
}());
